package docs_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// Every flag of probe, and every step that it takes, stands in its manual.
func TestProbeManualIsWhole(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(labtest.Repository(t), "docs", "probe.md"))
	if err != nil {
		t.Fatal(err)
	}
	manual, bin := string(text), labtest.Binary(t)
	help, err := exec.Command(bin, "probe", "--help").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^   --([a-z-]+)`).FindAllStringSubmatch(string(help), -1) {
		short := map[string]string{"file": "-f", "output": "-o", "help": "--"}[m[1]]
		if !strings.Contains(manual, "`--"+m[1]) && (short == "" || !strings.Contains(manual, "`"+short)) {
			t.Errorf("the manual does not tell of --%s", m[1])
		}
	}
	for _, step := range probedSteps(t, bin) {
		if !strings.Contains(manual, "| `"+step+"` |") {
			t.Errorf("the manual does not tell of the step %s", step)
		}
	}
}

// probedSteps gives the names of the steps of a probe, which fails here.
func probedSteps(t *testing.T, bin string) []string {
	t.Helper()
	cmd := exec.Command(bin, "probe", "--format", "json", "--login")
	cmd.Dir = labtest.Example(t, "probe")
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	var report struct {
		Providers []struct{ Steps []struct{ Name string } } `json:"identity_providers"`
	}
	if err := json.Unmarshal(out, &report); err != nil || len(report.Providers) == 0 {
		t.Fatal(err, string(out))
	}
	var names []string
	for _, s := range report.Providers[0].Steps {
		names = append(names, s.Name)
	}
	return names
}
