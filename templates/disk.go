package templates

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"golang.org/x/sys/unix"
)

// disk is what the writer needs of a file system. Paths are relative to the
// tree's root, with slashes. No operation follows a symbolic link out of it.
type disk interface {
	Lstat(path string) (fs.FileInfo, error)
	ReadFile(path string) ([]byte, error)
	Mkdir(path string, mode fs.FileMode) error
	Chmod(path string, mode fs.FileMode) error
	Lchown(path string, uid, gid int) error
	Create(path string) (stagedFile, error)
	Rename(from, to string) error
	Remove(path string) error
	SyncDir(path string) error
	Lock() (release func() error, err error)
	Close() error
}

// stagedFile is a new file that nobody else can read yet.
type stagedFile interface {
	io.WriteCloser
	Chmod(mode fs.FileMode) error
	Chown(uid, gid int) error
	Sync() error
}

// rootDisk is a folder of the real file system. os.Root keeps every operation
// inside it, whatever links are put in the way.
type rootDisk struct{ *os.Root }

// openDisk opens the folder, and makes it where it is missing.
func openDisk(dir string, create bool) (disk, error) {
	if create {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return rootDisk{root}, nil
}

// Create makes a file for its owner alone. O_EXCL follows no link.
func (d rootDisk) Create(p string) (stagedFile, error) {
	return d.OpenFile(p, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// ReadFile reads regular files only: a FIFO would hold the reader for ever.
func (d rootDisk) ReadFile(p string) ([]byte, error) {
	f, err := d.OpenFile(p, os.O_RDONLY|unix.O_NONBLOCK|unix.O_NOFOLLOW, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, fmt.Errorf("%s is not a regular file", p))
	}
	return io.ReadAll(f)
}

// SyncDir makes the names in a folder last: a rename is one of them.
func (d rootDisk) SyncDir(p string) error {
	f, err := d.Open(p)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Lock takes the tree for one run. The lock is on the folder itself, so that it
// leaves no file behind, and ends with the process at the latest.
func (d rootDisk) Lock() (func() error, error) {
	f, err := d.Open(".")
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("another run is writing into %s; wait for its end", d.Name()), f.Close())
	}
	return f.Close, nil
}

// below gives a target path relative to the tree's root.
func below(target string) string { return strings.TrimPrefix(path.Clean("/"+target), "/") }
