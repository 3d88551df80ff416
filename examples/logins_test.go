package examples_test

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestEveryExampleTestsItsLogins runs the tests of each description and of the
// test files beside it: all hold, and no part of a rule is left out.
func TestEveryExampleTestsItsLogins(t *testing.T) {
	bin := labtest.Binary(t)
	descriptions, err := filepath.Glob("*/federation.yaml")
	if err != nil || len(descriptions) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, file := range descriptions {
		t.Run(filepath.Dir(file), func(t *testing.T) {
			beside, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*.test.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			args := append([]string{"test", "--coverage-min", "100", file}, beside...)
			if out, err := exec.Command(bin, args...).CombinedOutput(); err != nil {
				t.Errorf("fedstone %v: %v\n%s", args, err, out)
			}
		})
	}
}
