package labtest

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// Example copies examples/NAME, or docs/testdata/NAME, into a folder of its own
// and gives it secrets.
func Example(t testing.TB, name string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	from := filepath.Join(Repository(t), "examples", name)
	if _, err := os.Stat(from); err != nil {
		from = filepath.Join(Repository(t), "docs", "testdata", name)
	}
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "federation.yaml"))
	if err != nil && !os.IsNotExist(err) { // a folder of files that somebody else wrote has none
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`file: (secrets/[a-z-]+)`).FindAllSubmatch(text, -1) {
		writeSecret(t, filepath.Join(dir, string(m[1])))
	}
	return dir
}

func writeSecret(t testing.TB, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	value := make([]byte, 24)
	_, _ = rand.Read(value)
	if err := os.WriteFile(path, fmt.Appendf(nil, "%x\n", value), 0o600); err != nil {
		t.Fatal(err)
	}
}
