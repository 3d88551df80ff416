package templates

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"syscall"
)

// staging is a file that is about to be staged.
type staging struct {
	temp     string // the name at which it lies until it is renamed
	state    state
	uid, gid int
	owned    bool // whether it is given to them
}

// plan sees to what several files share: their folders, and whose they are.
func (w *writer) plan(temp string, s state) (staging, error) {
	out := staging{temp: temp, state: s}
	out.uid, out.gid, out.owned = w.ownersOf(s)
	return out, w.parents(path.Dir(temp))
}

// stage writes a file.
func (w *writer) stage(s staging) error {
	f, err := w.disk.Create(s.temp)
	if err == nil {
		err = errors.Join(w.fill(f, s), f.Close())
	}
	if err != nil {
		return fmt.Errorf("%s: %w", s.state.file.Path, err)
	}
	return nil
}

// fill sets owner, labels and mode before there is anything to read.
func (w *writer) fill(f stagedFile, s staging) error {
	if s.owned {
		if err := f.Chown(s.uid, s.gid); err != nil {
			return err
		}
	}
	if err := w.keepLabels(f, s.state); err != nil {
		return err
	}
	if err := f.Chmod(s.state.mode()); err != nil {
		return err
	}
	if _, err := f.Write(s.state.file.Content); err != nil {
		return err
	}
	if w.together {
		return nil
	}
	return f.Sync()
}

// keepLabels hands on what is known of a file beside its mode. What the caller
// may not give is told: without it the file is less open, or has the folder's.
func (w *writer) keepLabels(f stagedFile, s state) error {
	if !s.exists {
		return nil
	}
	labels, err := w.disk.Labels(below(s.file.Path))
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		if err := f.Label(name, labels[name]); err != nil {
			w.note("%s: its %s is not kept (%v)", s.file.Path, name, err)
		}
	}
	return nil
}

// parents makes missing folders and refuses those that anybody may write to:
// there, what is staged could be exchanged.
func (w *writer) parents(folder string) error {
	if w.checked[folder] {
		return nil
	}
	if folder != "." {
		if err := w.parents(path.Dir(folder)); err != nil {
			return err
		}
	}
	info, err := w.disk.Folder(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = w.makeFolder(folder, 0o755)
	case errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("/%s is not a folder", folder)
	case err == nil && info.Mode().Perm()&0o002 != 0 && info.Mode()&fs.ModeSticky == 0:
		return fmt.Errorf("/%s can be written by everybody; take that right away (chmod o-w)", folder)
	}
	w.checked[folder] = err == nil
	return err
}

func (w *writer) makeFolder(folder string, mode fs.FileMode) error {
	if err := w.disk.Mkdir(folder, mode); err != nil {
		return err
	}
	w.made = append(w.made, folder)
	return w.disk.Chmod(folder, mode) // whatever the umask
}

// folder makes one of the bundle's own folders.
func (w *writer) folder(f Folder) error {
	p := below(f.Path)
	if err := w.parents(path.Dir(p)); err != nil {
		return err
	}
	if _, err := w.disk.Lstat(p); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return w.newFolder(p, f)
}

// narrow takes rights away from one of the bundle's own folders. It never gives
// any. Whom it was given to keeps it, and that is told: httpd's own user could add
// an issuer to the metadata directory.
func (w *writer) narrow(f Folder) error {
	p := below(f.Path)
	info, err := w.disk.Lstat(p)
	if err == nil && w.owners.root && w.othersOwn(info, f.Owner, f.Group) {
		w.foreignFolders = append(w.foreignFolders, f.Path)
	}
	if err == nil && info.IsDir() && wider(info, f.Mode) {
		err = w.disk.Chmod(p, info.Mode().Perm()&f.Mode)
	}
	return err
}

func (w *writer) newFolder(p string, f Folder) error {
	if err := w.makeFolder(p, f.Mode); err != nil {
		return err
	}
	if uid, gid, ok := w.lookup(f.Owner, f.Group); ok {
		return w.disk.Lchown(p, uid, gid)
	}
	return nil
}
