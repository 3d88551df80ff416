package private_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/fedstone/fedstone/internal/private"
)

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		name string
		make func(path string) error
		want private.Kind
		got  string
	}{
		{"link", func(p string) error { return os.Symlink(aFile(t, dir, "behind", 0o600), p) }, private.Shape, "a link"},
		{"folder", func(p string) error { return os.Mkdir(p, 0o700) }, private.Shape, "not a regular file"},
		{"pipe", func(p string) error { return unix.Mkfifo(p, 0o600) }, private.Shape, "not a regular file"},
		{"readable", func(p string) error { return os.Chmod(aFile(t, dir, "readable", 0o600), 0o640) }, private.Mode, "its mode is 0640"},
		{"writable", func(p string) error { return os.Chmod(aFile(t, dir, "writable", 0o600), 0o602) }, private.Mode, "its mode is 0602"},
	} {
		path := filepath.Join(dir, c.name)
		if err := c.make(path); err != nil {
			t.Fatal(err)
		}
		_, err := private.Open(path)
		var e *private.Error
		if !errors.As(err, &e) || e.Kind != c.want || e.Got != c.got || e.Path != path {
			t.Errorf("%s: %v, expected %q", c.name, err, c.got)
		}
	}
}

func TestOpenOthers(t *testing.T) {
	path := aFile(t, t.TempDir(), "theirs", 0o600)
	if err := os.Chown(path, 65534, -1); err != nil {
		t.Skip("giving a file to another user takes root: ", err)
	}
	_, err := private.Open(path)
	var e *private.Error
	if !errors.As(err, &e) || e.Kind != private.Owner || e.Got != "it belongs to user 65534" {
		t.Errorf("%v", err)
	}
}

func TestOpenOwn(t *testing.T) {
	file, err := private.Open(aFile(t, t.TempDir(), "own", 0o600))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if text, err := io.ReadAll(file); string(text) != "own" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
}

// aFile gives the path of a file that holds its own name.
func aFile(t *testing.T, dir, name string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(name), mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWrite(t *testing.T) {
	path := aFile(t, t.TempDir(), "before", 0o644)
	if err := private.Write(path, []byte("after")); err != nil {
		t.Fatal(err)
	}
	file, err := private.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if text, err := io.ReadAll(file); string(text) != "after" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
}
