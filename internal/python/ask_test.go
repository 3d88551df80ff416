package python_test

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/python"
)

// question is a line to testdata/ask.py, answer one from it.
type question struct {
	Op   string     `json:"op"`
	Text string     `json:"text"`
	Args [][]string `json:"args,omitempty"`
}

type answer struct {
	Result  string `json:"result"`
	Class   string `json:"class"`
	Message string `json:"message"`
}

// eachPython runs a test on every Python at hand.
func eachPython(t *testing.T, test func(t *testing.T, program string, ver python.Version)) {
	t.Helper()
	labtest.EachPython(t, func(t *testing.T, p labtest.Python) {
		ver, err := python.ParseVersion(p.Version)
		if err != nil {
			t.Fatal(err)
		}
		test(t, p.Program, ver)
	})
}

// ask puts all questions to one process.
func ask(t *testing.T, program string, questions []question) []answer {
	t.Helper()
	var in strings.Builder
	lines := json.NewEncoder(&in)
	for _, q := range questions {
		if err := lines.Encode(q); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(program, "-W", "ignore", "testdata/ask.py")
	cmd.Stdin = strings.NewReader(in.String())
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", program, err)
	}
	return answers(t, string(out), len(questions))
}

func answers(t *testing.T, out string, want int) []answer {
	t.Helper()
	var all []answer
	scanner := bufio.NewScanner(strings.NewReader(out))
	scanner.Buffer(nil, 1<<28)
	for scanner.Scan() {
		var a answer
		if err := json.Unmarshal(scanner.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		all = append(all, a)
	}
	if scanner.Err() != nil || len(all) != want {
		t.Fatalf("%d answers to %d questions (%v)", len(all), want, scanner.Err())
	}
	return all
}
