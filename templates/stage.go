package templates

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
)

// stage writes a file beside its target, under a name that neither httpd's
// includes nor mod_auth_openidc looks for.
func (w *writer) stage(s state) error {
	target := below(s.file.Path)
	folder := path.Dir(target)
	if err := w.parents(folder); err != nil {
		return err
	}
	temp := path.Join(folder, tempName())
	f, err := w.disk.Create(temp)
	if err != nil {
		return err
	}
	w.staged = append(w.staged, staged{temp, target, s})
	err = w.fill(f, s)
	return errors.Join(err, f.Close())
}

// fill sets owner and mode before there is anything to read.
func (w *writer) fill(f stagedFile, s state) error {
	if uid, gid, ok := w.ownersOf(s); ok {
		if err := f.Chown(uid, gid); err != nil {
			return err
		}
	}
	if err := f.Chmod(s.file.Mode); err != nil {
		return err
	}
	if _, err := f.Write(s.file.Content); err != nil {
		return err
	}
	return f.Sync()
}

func tempName() string {
	random := make([]byte, 8)
	_, _ = rand.Read(random) // never fails
	return ".fedstone-" + hex.EncodeToString(random)
}

// parents makes missing folders and refuses those that anybody may write to:
// there, what is staged could be exchanged.
func (w *writer) parents(folder string) error {
	if folder == "." {
		return nil
	}
	if err := w.parents(path.Dir(folder)); err != nil {
		return err
	}
	info, err := w.disk.Lstat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return w.makeFolder(folder, 0o755)
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		return nil // followed inside the tree alone, which the disk sees to
	case !info.IsDir():
		return fmt.Errorf("/%s is not a folder", folder)
	case info.Mode().Perm()&0o002 != 0 && info.Mode()&fs.ModeSticky == 0:
		return fmt.Errorf("/%s can be written by everybody; take that right away (chmod o-w)", folder)
	}
	return nil
}

func (w *writer) makeFolder(folder string, mode fs.FileMode) error {
	if err := w.disk.Mkdir(folder, mode); err != nil {
		return err
	}
	w.made = append(w.made, folder)
	w.touched(path.Dir(folder))
	return w.disk.Chmod(folder, mode) // whatever the umask
}

// folder makes one of the bundle's own folders, or takes rights away from it.
// It never widens one.
func (w *writer) folder(f Folder) error {
	p := below(f.Path)
	if err := w.parents(path.Dir(p)); err != nil {
		return err
	}
	info, err := w.disk.Lstat(p)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return w.newFolder(p, f)
	case err != nil:
		return err
	case info.IsDir() && info.Mode().Perm()&^f.Mode != 0:
		return w.disk.Chmod(p, info.Mode().Perm()&f.Mode)
	}
	return nil
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
