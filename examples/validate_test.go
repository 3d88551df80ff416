package examples_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestExamplesAreClean: what render writes of every example has no finding, neither
// for one controller nor for all of them together.
func TestExamplesAreClean(t *testing.T) {
	bin := labtest.Binary(t)
	for name, d := range deployments {
		t.Run(name, func(t *testing.T) {
			dir := labtest.Example(t, name)
			out := filepath.Join(dir, "out")
			command(t, bin, "render", "--offline", "-f", filepath.Join(dir, "federation.yaml"), "-o", out)
			var machines []string
			for _, controller := range d.controllers {
				clean(t, command(t, bin, "validate", filepath.Join(out, controller)))
				machines = append(machines, filepath.Join(out, controller))
			}
			if len(machines) > 1 {
				clean(t, command(t, bin, append([]string{"validate", "--fleet"}, machines...)...))
			}
			clean(t, command(t, bin, "validate", filepath.Join(dir, "federation.yaml")))
		})
	}
}

// TestQuickstartIsClean asks the running lab: its files, and the objects that apply
// made on its Keystone.
func TestQuickstartIsClean(t *testing.T) {
	d := labtest.Quickstart(t)
	clean(t, command(t, d.Binary, "validate", d.Lab.Root))
	cmd := exec.Command(d.Binary, "validate", "--cloud", "envvars", d.Lab.Root)
	cmd.Env = labtest.Env(d.Lab)
	clean(t, output(t, cmd))
}

func command(t *testing.T, bin string, args ...string) string {
	t.Helper()
	return output(t, exec.Command(bin, args...))
}

func output(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(cmd.Args, " "), err, out)
	}
	return string(out)
}

// clean wants no error and no warning, and that something was read.
func clean(t *testing.T, report string) {
	t.Helper()
	if strings.Contains(report, ": error: ") || strings.Contains(report, ": warning: ") || strings.Contains(report, " in 0 files") || !strings.Contains(report, " in ") {
		t.Errorf("not clean:\n%s", report)
	}
}
