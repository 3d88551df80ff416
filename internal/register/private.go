package register

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/fedstone/fedstone/internal/input"
	"github.com/fedstone/fedstone/internal/private"
	"github.com/fedstone/fedstone/internal/secret"
)

// mostPrivate bounds a file that is read here, in bytes.
const mostPrivate = 1 << 20

// readPrivate reads a regular file that nobody else may come at; fs.ErrNotExist
// where there is none.
func readPrivate(path string) ([]byte, error) {
	text, err := input.File(path, mostPrivate)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.Mode().Perm()&0o077 != 0:
		return nil, fmt.Errorf("%s: its mode is %04o, so that others may come at the secrets in it; mend: chmod 0600 %[1]s", path, info.Mode().Perm())
	case len(text) > mostPrivate:
		return nil, fmt.Errorf("%s has more than %d bytes", path, mostPrivate)
	}
	return text, nil
}

// writePrivate puts a file in place in one step. It is born 0600, and is on the
// disk when this returns.
func writePrivate(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return private.Write(path, text)
}

// secretFile is where a client's secret lies, as render reads it. A new secret lies
// beside it until the provider has it.
type secretFile struct{ path string }

func (f secretFile) staged() string { return f.path + ".next" }

// get gives the secret in use, and the one that is still to be brought to the
// provider; empty where there is none.
func (f secretFile) get() (now, next secret.Value, err error) {
	now, err1 := readSecret(f.path)
	next, err2 := readSecret(f.staged())
	return now, next, errors.Join(err1, err2)
}

func readSecret(path string) (secret.Value, error) {
	text, err := readPrivate(path)
	if errors.Is(err, fs.ErrNotExist) {
		return secret.Value{}, nil
	}
	return secret.New(trimLine(string(text))), err
}

func (f secretFile) stage(value secret.Value) error {
	return writePrivate(f.staged(), []byte(value.Reveal()+"\n"))
}

// commit puts the staged secret in the place of the one in use; nothing is staged
// where that was done already.
func (f secretFile) commit() error {
	err := private.Move(f.staged(), f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// write is for a secret that the provider made.
func (f secretFile) write(value secret.Value) error {
	return writePrivate(f.path, []byte(value.Reveal()+"\n"))
}
