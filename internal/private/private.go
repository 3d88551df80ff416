package private

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// Error is why a file or folder is not the caller's own and nobody else's. Got says
// what was seen, Kind which of the three it is.
type Error struct {
	Path string
	Kind Kind
	Got  string
}

// Kind is what is wrong with a file.
type Kind int

// The kinds.
const (
	Shape Kind = iota // a link, or no regular file
	Owner             // another user's
	Mode              // others may come at it
)

// Error gives one line: the path, and what was seen there.
func (e *Error) Error() string { return e.Path + ": " + e.Got }

// Open opens a file for reading. It judges the very file that is read. What is wrong
// with it is an *Error; all else is the file system's.
func Open(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
	if errors.Is(err, unix.ELOOP) {
		return nil, &Error{Path: path, Kind: Shape, Got: "a link"}
	}
	if err != nil {
		return nil, err
	}
	if err := judge(path, file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

func judge(path string, file *os.File) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return &Error{Path: path, Kind: Shape, Got: "not a regular file"}
	}
	return Judge(path, info)
}

// Judge refuses a file or folder that another user owns, reads or could have
// written: nil, or an *Error.
func Judge(path string, info fs.FileInfo) error {
	owner, known := info.Sys().(*syscall.Stat_t)
	switch seen := info.Mode().Perm(); {
	case !known || int(owner.Uid) != os.Geteuid():
		return &Error{Path: path, Kind: Owner, Got: belongs(owner)}
	case seen&0o077 != 0:
		return &Error{Path: path, Kind: Mode, Got: fmt.Sprintf("its mode is %#o", seen)}
	}
	return nil
}

func belongs(owner *syscall.Stat_t) string {
	if owner == nil {
		return "its owner is not known"
	}
	return fmt.Sprintf("it belongs to user %d", owner.Uid)
}
