package oslo_test

import (
	"os"
	"os/exec"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// question is a line to testdata/ask.py. Without options it is how one file is
// parsed; with them, what a service that registers them is given.
type question struct {
	Files   [][]byte    `json:"files"`
	Options []option    `json:"options,omitempty"`
	Read    [][2]string `json:"read,omitempty"`
}

type option struct {
	Section string  `json:"section"`
	Key     string  `json:"key"`
	Kind    string  `json:"kind"`
	Default *string `json:"default"`
}

// sections are values by section and key.
type sections map[string]map[string][]string

type answer struct {
	Reason   string   `json:"reason"`
	Line     int      `json:"line"`
	Byte     int      `json:"byte"`
	Sections sections `json:"sections"`
	Folded   sections `json:"folded"`
	Values   []given  `json:"values"`
}

// given is an option as a service has it.
type given struct {
	Value any    `json:"value"`
	Error string `json:"error"`
}

const interpreter = "/usr/bin/python3"

// ask puts all questions to one process with the real oslo.config. Without an
// environment it reads UTF-8.
func ask(t *testing.T, questions []question, env ...string) []answer {
	t.Helper()
	if exec.Command(interpreter, "-c", "import oslo_config").Run() != nil {
		labtest.Require(t, "no oslo.config: install python3-oslo.config")
	}
	cmd := exec.Command(interpreter, "testdata/ask.py")
	cmd.Env = append(append(os.Environ(), "PYTHONUTF8=1"), env...)
	return labtest.Ask[question, answer](t, cmd, questions)
}
