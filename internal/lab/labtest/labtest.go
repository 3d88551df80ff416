package labtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/fedstone/fedstone/internal/lab"
)

// Require skips the test with the reason, or fails it under FEDSTONE_REQUIRE_LAB=1.
func Require(t testing.TB, reason string) {
	t.Helper()
	if os.Getenv("FEDSTONE_REQUIRE_LAB") == "1" {
		t.Fatalf("FEDSTONE_REQUIRE_LAB=1: %s", reason)
	}
	t.Skip(reason)
}

// Open gives the lab that FEDSTONE_LAB names.
func Open(t testing.TB) *lab.Lab {
	t.Helper()
	dir := os.Getenv("FEDSTONE_LAB")
	if dir == "" {
		Require(t, "no lab: run under `fedstone lab run -- go test …`, as `make test` does")
	}
	running, err := lab.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return running
}

// Repository is the project's root folder.
func Repository(t testing.TB) string {
	t.Helper()
	_, file, _, ok := runtime.Caller(0)
	if !ok {
		t.Fatal("the test does not know where its source is")
	}
	return filepath.Join(filepath.Dir(file), "..", "..", "..")
}

// Binary builds the command line for this test.
func Binary(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "fedstone")
	build := exec.Command("go", "build", "-ldflags", "-s -w", "-o", path, "./cmd/fedstone")
	build.Dir = Repository(t)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}

// Passphrase is the crypto passphrase of deployments on a lab.
const Passphrase = "a-passphrase-that-only-the-tests-know"

// Env is the environment of a command inside the lab, with secrets.
func Env(l *lab.Lab) []string {
	return append(append(os.Environ(), l.Env()...), "FEDSTONE_PASSPHRASE="+Passphrase)
}
