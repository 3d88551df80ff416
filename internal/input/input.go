package input

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// Stdin is the path that stands for the standard input.
const Stdin = "-"

// Read reads a regular file, or stdin where path is "-", or a pipe that a shell
// hands over by its number, as it does for <(command). It gives at most one byte
// more than limit, so that an input that is too long is told from one that fits.
// What is wrong with a file is an *fs.PathError.
func Read(path string, stdin io.Reader, limit int64) ([]byte, error) {
	if path == Stdin {
		return io.ReadAll(io.LimitReader(stdin, limit+1))
	}
	if handedOver(path) {
		return opened(path, limit, 0)
	}
	return file(path, limit, " (use - for the standard input)")
}

// handedOver reports whether a path is a pipe that is open already: opening it
// again waits for nobody.
func handedOver(path string) bool {
	if !strings.HasPrefix(path, "/dev/fd/") && !strings.HasPrefix(path, "/proc/self/fd/") {
		return false
	}
	info, err := os.Stat(path)
	return err == nil && info.Mode()&fs.ModeNamedPipe != 0
}

// File reads a regular file as Read does; "-" is a name like any other.
func File(path string, limit int64) ([]byte, error) { return file(path, limit, "") }

func file(path string, limit int64, hint string) ([]byte, error) {
	info, err := os.Stat(path) // before opening: a FIFO would wait for its writer
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: path, Err: fmt.Errorf("it is a %s, expected a regular file%s", Kind(info.Mode()), hint)}
	}
	return opened(path, limit, info.Size())
}

func opened(path string, limit, size int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return All(io.LimitReader(f, limit+1), size)
}

// mostAhead bounds the memory that is asked for before anything is read, in bytes:
// a file may have holes, and say any size.
const mostAhead = 64 << 20

// All is io.ReadAll for a reader that is said to hold size bytes: what is large is
// not moved from buffer to buffer as it grows.
func All(from io.Reader, size int64) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(int(min(max(size, 0), mostAhead)) + bytes.MinRead)
	_, err := b.ReadFrom(from)
	return b.Bytes(), err
}

// Kind names what a file is that is not regular.
func Kind(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "folder"
	case mode&fs.ModeNamedPipe != 0:
		return "pipe"
	case mode&fs.ModeSocket != 0:
		return "socket"
	default:
		return "device"
	}
}
