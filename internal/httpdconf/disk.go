package httpdconf

import (
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Mount says that what httpd sees below At is found below Dir here.
type Mount struct {
	At  string // absolute: "/", "/etc/httpd"
	Dir string
}

// Disk gives the files of this machine as httpd on another one would see them.
// With no mounts they are this machine's own. With mounts, each path is looked
// for below the mount with the longest At, and is outside (ErrOutside) when there
// is none; symbolic links are followed within the mounts, also absolute ones, so
// that a copied tree never leads to a file of this machine.
func Disk(mounts ...Mount) Files {
	if len(mounts) == 0 {
		return machine{}
	}
	return &disk{mounts: mounts, known: map[string]resolved{}}
}

// machine is Files of this machine as they are.
type machine struct{}

func (machine) Stat(name string) (fs.FileInfo, error)      { return os.Stat(name) }
func (machine) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (machine) Open(name string) (io.ReadCloser, error)    { return open(name) }
func (machine) Show(name string) string                    { return name }

// open never waits: a FIFO that took the place of a file opens at once, and what the
// kernel makes up line by line, such as /proc/kmsg, has an end.
func open(name string) (io.ReadCloser, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	_ = f.SetReadDeadline(time.Now().Add(longest)) // files of a disk know none
	return f, nil
}

// longest is how long reading a file may wait for more of it.
const longest = 5 * time.Second

type disk struct {
	mounts []Mount
	mutex  sync.Mutex          // of known
	known  map[string]resolved // folders that are resolved already
}

// resolved is a path without symbolic links, as httpd sees it and here.
type resolved struct {
	path, here string
	err        error
}

func (d *disk) Stat(name string) (fs.FileInfo, error) {
	here, err := d.here(name)
	if err != nil {
		return nil, err
	}
	return os.Lstat(here)
}

func (d *disk) ReadDir(name string) ([]fs.DirEntry, error) {
	here, err := d.here(name)
	if err != nil {
		return nil, err
	}
	return os.ReadDir(here)
}

func (d *disk) Open(name string) (io.ReadCloser, error) {
	here, err := d.here(name)
	if err != nil {
		return nil, err
	}
	return open(here)
}

// Show keeps the links of a path: the user knows the name that is written.
func (d *disk) Show(name string) string {
	if here, ok := d.mounted(name); ok {
		return here
	}
	return name
}

func (d *disk) mounted(name string) (string, bool) {
	best := -1
	for i, m := range d.mounts {
		if within(name, m.At) && (best < 0 || len(m.At) > len(d.mounts[best].At)) {
			best = i
		}
	}
	if best < 0 {
		return "", false
	}
	rest := strings.TrimPrefix(name, strings.TrimSuffix(d.mounts[best].At, "/"))
	return filepath.Join(d.mounts[best].Dir, filepath.FromSlash(rest)), true
}

func within(name, dir string) bool {
	dir = strings.TrimSuffix(dir, "/")
	return name == dir || strings.HasPrefix(name, dir+"/")
}

// here resolves a path.
func (d *disk) here(name string) (string, error) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	links := 0
	r := d.resolve(clean(name), &links)
	if r.err == nil && r.here == "" {
		r.err = &fs.PathError{Op: "open", Path: name, Err: ErrOutside}
	}
	return r.here, r.err
}

// resolve follows the links of a path, folder by folder.
func (d *disk) resolve(name string, links *int) resolved {
	if r, ok := d.known[name]; ok {
		return r
	}
	if name == "/" {
		here, _ := d.mounted(name)
		return resolved{path: name, here: here} // here is "" if only folders below are mounted
	}
	parent := d.resolve(path.Dir(name), links)
	if parent.err != nil {
		return parent
	}
	r := d.entry(join(parent.path, path.Base(name)), links)
	if len(d.known) < maxKnown {
		d.known[name] = r
	}
	return r
}

// maxKnown bounds the memory for folders and files of a tree.
const maxKnown = 1 << 16

// maxLinks is how many symbolic links Linux follows for one path.
const maxLinks = 40

// entry resolves a path whose folder is resolved.
func (d *disk) entry(name string, links *int) resolved {
	here, ok := d.mounted(name)
	if !ok {
		return d.above(name)
	}
	target, err := os.Readlink(here)
	if err != nil {
		_, err = os.Lstat(here)
		return resolved{path: name, here: here, err: err}
	}
	if *links++; *links > maxLinks {
		return resolved{err: &fs.PathError{Op: "open", Path: name, Err: syscall.ELOOP}}
	}
	if !path.IsAbs(target) {
		target = join(path.Dir(name), target)
	}
	return d.resolve(clean(target), links)
}

// above tells a folder that only leads to a mount from one that is unknown.
func (d *disk) above(name string) resolved {
	for _, m := range d.mounts {
		if within(m.At, name) {
			return resolved{path: name}
		}
	}
	return resolved{err: &fs.PathError{Op: "open", Path: name, Err: ErrOutside}}
}
