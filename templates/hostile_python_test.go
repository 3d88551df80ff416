package templates

import (
	"os"
	"os/exec"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// programSaid is what a program made of a text.
type programSaid struct {
	Value any    `json:"value"`
	Error string `json:"error"`
}

// answers puts all questions to one process.
func answers(t *testing.T, questions []question) []programSaid {
	t.Helper()
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "import jinja2, oslo_config, yaml").Run() != nil {
		labtest.Require(t, "no Jinja2, oslo.config or PyYAML: install python3-jinja2, python3-oslo.config and python3-yaml")
	}
	cmd := exec.Command(python, "testdata/hostile/read.py")
	cmd.Env = append(os.Environ(), "PYTHONUTF8=1", "TMPDIR="+t.TempDir())
	return labtest.Ask[question, programSaid](t, cmd, questions)
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
