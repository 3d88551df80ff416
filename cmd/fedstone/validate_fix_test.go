package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReplaceFiles: what was written is known, so that it can be taken back when a
// later file cannot be; modes and links stay.
func TestReplaceFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.conf", []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("a.conf", "link.conf"); err != nil {
		t.Fatal(err)
	}
	texts := map[string][]byte{"link.conf": []byte("new"), filepath.Join("none", "b.conf"): []byte("new"), "z.conf": []byte("new")}
	written, err := replaceFiles(texts, []string{"link.conf", filepath.Join("none", "b.conf"), "z.conf"})
	if diff := cmp.Diff([]string{"link.conf"}, written); diff != "" || err == nil {
		t.Errorf("error %v, (-want +got)\n%s", err, diff)
	}
	info, err := os.Lstat("a.conf")
	if err != nil || info.Mode() != 0o640 {
		t.Errorf("mode %v, want 0640 (%v)", info, err)
	}
	if to, err := os.Readlink("link.conf"); err != nil || to != "a.conf" {
		t.Errorf("the link leads to %q (%v)", to, err)
	}
	if text, err := os.ReadFile("a.conf"); err != nil || string(text) != "new" {
		t.Errorf("%q, want new (%v)", text, err)
	}
}
