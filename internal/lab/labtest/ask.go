package labtest

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"testing"
)

// Ask puts all questions to one process, a line of JSON each, and gives its answers,
// which are as many. What else the process says goes to standard error.
func Ask[Q, A any](t testing.TB, program *exec.Cmd, questions []Q) []A {
	t.Helper()
	var in bytes.Buffer
	lines := json.NewEncoder(&in)
	for _, q := range questions {
		if err := lines.Encode(q); err != nil {
			t.Fatal(err)
		}
	}
	program.Stdin, program.Stderr = &in, os.Stderr
	out, err := program.Output()
	if err != nil {
		t.Fatalf("%s: %v", program, err)
	}
	answers := make([]A, 0, len(questions))
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var a A
		if err := d.Decode(&a); err != nil {
			t.Fatal(err)
		}
		answers = append(answers, a)
	}
	if len(answers) != len(questions) {
		t.Fatalf("%d answers to %d questions", len(answers), len(questions))
	}
	return answers
}
