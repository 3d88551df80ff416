package templates

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"

	"golang.org/x/sys/unix"

	"github.com/fedstone/fedstone/internal/input"
)

// disk is what the writer needs of a file system. Paths are relative to the
// tree's root, with slashes. No operation follows a symbolic link out of it.
type disk interface {
	Lstat(path string) (fs.FileInfo, error)
	Folder(path string) (fs.FileInfo, error)
	Names(path string) ([]string, error)
	Still(path string) error
	ReadFile(path string) ([]byte, error)
	Labels(path string) (map[string]string, error)
	Mkdir(path string, mode fs.FileMode) error
	Chmod(path string, mode fs.FileMode) error
	Lchown(path string, uid, gid int) error
	Create(path string) (stagedFile, error)
	Rename(from, to string) error
	Remove(path string) error
	SyncDir(path string) error
	SyncAll(path string) error
	Lock() (release func() error, err error)
	Close() error
}

// stagedFile is a new file that nobody else can read yet.
type stagedFile interface {
	io.WriteCloser
	Chmod(mode fs.FileMode) error
	Chown(uid, gid int) error
	Label(name, value string) error
	Sync() error
}

// rootDisk is a folder of the real file system. os.Root keeps every operation
// inside it, whatever links are put in the way.
type rootDisk struct {
	root    *os.Root
	mu      sync.Mutex
	folders map[string]*folder
}

// folder is one that was opened: as what keeps operations inside it, and as what
// the kernel is given.
type folder struct {
	*os.Root
	itself *os.File
}

func asFolder(root *os.Root) (*folder, error) {
	itself, err := root.Open(".")
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return &folder{root, itself}, nil
}

func (f *folder) fd() int { return int(f.itself.Fd()) }

// Close gives up both.
func (f *folder) Close() error { return errors.Join(f.itself.Close(), f.Root.Close()) }

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
	top, err := asFolder(root)
	if err != nil {
		return nil, err
	}
	return &rootDisk{root: root, folders: map[string]*folder{".": top}}, nil
}

// at gives the folder that a path lies in, and the path's last name. A folder is
// opened once: what is put in its place later is not reached.
func (d *rootDisk) at(p string) (*folder, string, error) {
	dir, name := path.Split(p)
	if name == ".." {
		return nil, "", fmt.Errorf("%s: %w", p, fs.ErrInvalid)
	}
	folder, err := d.open(path.Clean(dir))
	return folder, name, err
}

func (d *rootDisk) open(dir string) (*folder, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if known, ok := d.folders[dir]; ok {
		return known, nil
	}
	root, err := d.root.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	found, err := asFolder(root)
	if err == nil {
		d.folders[dir] = found
	}
	return found, err
}

func (d *rootDisk) Close() error {
	var err error
	for _, folder := range d.folders {
		err = errors.Join(err, folder.Close())
	}
	return err
}

func (d *rootDisk) Lstat(p string) (fs.FileInfo, error) {
	folder, name, err := d.at(p)
	if err != nil {
		return nil, err
	}
	return folder.Lstat(name)
}

// Folder tells what the folder is that all operations in it reach.
func (d *rootDisk) Folder(p string) (fs.FileInfo, error) {
	folder, err := d.open(p)
	if err != nil {
		return nil, err
	}
	return folder.Stat(".")
}

// Names lists what lies in a folder.
func (d *rootDisk) Names(p string) ([]string, error) {
	var names []string
	err := d.opened(p, func(f *os.File) (err error) { names, err = f.Readdirnames(-1); return err })
	return names, err
}

// Still is an error where a path no longer leads to the folder that was opened
// under it: somebody has put another in its place.
func (d *rootDisk) Still(p string) error {
	opened, err := d.Folder(p)
	if err != nil {
		return err
	}
	if now, err := d.root.Stat(p); err != nil || !os.SameFile(opened, now) {
		return errors.Join(fmt.Errorf("/%s was exchanged for something else meanwhile; run again", p), err)
	}
	return nil
}

func (d *rootDisk) Mkdir(p string, mode fs.FileMode) error { return d.root.Mkdir(p, mode) }
func (d *rootDisk) Chmod(p string, mode fs.FileMode) error { return d.root.Chmod(p, mode) }
func (d *rootDisk) Lchown(p string, uid, gid int) error    { return d.root.Lchown(p, uid, gid) }

func (d *rootDisk) Remove(p string) error {
	folder, name, err := d.at(p)
	if err != nil {
		return err
	}
	return folder.Remove(name)
}

// Rename gives a file another name in its folder.
func (d *rootDisk) Rename(from, to string) error {
	folder, name, err := d.at(from)
	if err != nil {
		return err
	}
	other := path.Base(to)
	err = again(func() error { return unix.Renameat(folder.fd(), name, folder.fd(), other) })
	if err != nil {
		return &os.LinkError{Op: "rename", Old: name, New: other, Err: err}
	}
	return nil
}

// Create makes a file for its owner alone. O_EXCL follows no link.
func (d *rootDisk) Create(p string) (stagedFile, error) {
	folder, name, err := d.at(p)
	if err != nil {
		return nil, err
	}
	return openRaw(folder.fd(), name, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL, 0o600)
}

// ReadFile reads regular files only: a FIFO would hold the reader for ever.
func (d *rootDisk) ReadFile(p string) ([]byte, error) {
	f, size, err := d.regular(p)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return input.All(f, size)
}

func (d *rootDisk) regular(p string) (rawFile, int64, error) {
	folder, name, err := d.at(p)
	if err != nil {
		return rawFile{}, 0, err
	}
	f, err := openRaw(folder.fd(), name, unix.O_RDONLY|unix.O_NONBLOCK, 0)
	if err != nil {
		return rawFile{}, 0, err
	}
	var is unix.Stat_t
	err = again(func() error { return unix.Fstat(f.fd, &is) })
	if err != nil || is.Mode&unix.S_IFMT != unix.S_IFREG {
		return rawFile{}, 0, errors.Join(err, fmt.Errorf("%s is not a regular file", p), f.Close())
	}
	return f, is.Size, nil
}

// SyncDir makes the names in a folder last: a rename is one of them.
func (d *rootDisk) SyncDir(p string) error { return d.opened(p, (*os.File).Sync) }

// SyncAll makes everything last that was written to the file system of a folder.
// Errors of writing back are told since Linux 5.8 (syncfs(2)).
func (d *rootDisk) SyncAll(p string) error {
	return d.opened(p, func(f *os.File) error { return unix.Syncfs(int(f.Fd())) })
}

// opened runs something on an open folder.
func (d *rootDisk) opened(p string, do func(*os.File) error) error {
	folder, err := d.open(p)
	if err != nil {
		return err
	}
	f, err := folder.Open(".")
	if err != nil {
		return err
	}
	return errors.Join(do(f), f.Close())
}

// Lock takes the tree for one run. The lock is on the folder itself, so that it
// leaves no file behind, and ends with the process at the latest.
func (d *rootDisk) Lock() (func() error, error) {
	f, err := d.root.Open(".")
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("another run is writing into %s; wait for its end", d.root.Name()), f.Close())
	}
	return f.Close, nil
}

// below gives a target path relative to the tree's root.
func below(target string) string { return strings.TrimPrefix(path.Clean("/"+target), "/") }
