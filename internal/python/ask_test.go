package python_test

import (
	"os/exec"
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
	return labtest.Ask[question, answer](t, exec.Command(program, "-W", "ignore", "testdata/ask.py"), questions)
}
