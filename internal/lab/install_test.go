package lab

import (
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/roots"
)

// TestInstallWithoutNetwork: whoever cannot reach the archive is told so, and what is missing.
func TestInstallWithoutNetwork(t *testing.T) {
	need(t, Stack)
	offline(t)
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	err := Install(t.Context(), Needs{suiteNeed("trixie")}, nil)
	if err == nil {
		t.Fatal("Debian 13 was installed without a network")
	}
	for _, want := range []string{"Debian 13: unshare", roots.Archive, "what is missing", "fedstone lab install --debian trixie"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %q:\n%v", want, err)
		}
	}
}

// offline takes the network from the programs that this test starts. Its thread is not given back: it ends with the test.
func offline(t *testing.T) {
	t.Helper()
	if !roots.Possible() {
		t.Skip("a network of its own, and a folder's, need root")
	}
	runtime.LockOSThread()
	if err := syscall.Unshare(syscall.CLONE_NEWNET); err != nil {
		t.Fatal(err)
	}
}
