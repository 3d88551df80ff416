package compat_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestMatrixWithoutRoot: who starts the matrix as anybody else is told before anything is made. Nobody here is root in a
// user namespace of its own, where no number is known.
func TestMatrixWithoutRoot(t *testing.T) {
	if err := exec.Command("unshare", "--user", "true").Run(); err != nil {
		t.Skipf("this system lets nobody make user namespaces: %v", err)
	}
	out, err := exec.Command("unshare", "--user", filepath.Join(labtest.Repository(t), ".ci", "test-matrix")).CombinedOutput()
	if err == nil || err.Error() != "exit status 3" || !strings.HasPrefix(string(out), "make test-matrix needs root: ") {
		t.Errorf("%v, want exit status 3 and a word of root:\n%s", err, out)
	}
}
