package input_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/fedstone/fedstone/internal/input"
)

func TestRead(t *testing.T) {
	dir := t.TempDir()
	file, pipe := filepath.Join(dir, "file"), filepath.Join(dir, "pipe")
	if err := errors.Join(os.WriteFile(file, []byte("12345"), 0o600), syscall.Mkfifo(pipe, 0o600)); err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		path    string
		limit   int64
		want    string
		problem string
	}{
		"a file":              {file, 5, "12345", ""},
		"a file that is long": {file, 3, "1234", ""},
		"standard input":      {input.Stdin, 9, "from stdin", ""},
		"a folder":            {dir, 9, "", "it is a folder, expected a regular file (use - for the standard input)"},
		"a pipe":              {pipe, 9, "", "it is a pipe, expected a regular file (use - for the standard input)"},
		"a device":            {os.DevNull, 9, "", "it is a device, expected a regular file (use - for the standard input)"},
		"nothing":             {filepath.Join(dir, "lost"), 9, "", "no such file or directory"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := input.Read(c.path, strings.NewReader("from stdin, and more"), c.limit)
			if string(got) != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			var at *fs.PathError
			if said := errors.As(err, &at); said != (c.problem != "") || said && (at.Path != c.path || at.Err.Error() != c.problem) {
				t.Errorf("got %v, want %q", err, c.problem)
			}
		})
	}
}

// TestReadPipeOfTheShell reads what <(command) gives.
func TestReadPipeOfTheShell(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := w.WriteString("from a command"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := input.Read(fmt.Sprintf("/dev/fd/%d", r.Fd()), nil, 6)
	if err != nil || string(got) != "from a " {
		t.Errorf("got %q, %v", got, err)
	}
}

// TestAll holds that the size is a hint: whatever is said, all is read and no more
// than a bounded piece of memory is asked for.
func TestAll(t *testing.T) {
	for _, size := range []int64{-1, 0, 3, 5, 6, 1 << 50} {
		got, err := input.All(strings.NewReader("hello"), size)
		if err != nil || string(got) != "hello" {
			t.Errorf("size %d: %q, %v", size, got, err)
		}
	}
}
