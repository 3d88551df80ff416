package templates

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
)

// recover ends what a run began that was killed: where everything lay ready it is
// put in place, else what was staged is removed. After it the tree is as if that
// run had come to its end, or had never begun. The caller holds the lock.
func (w *writer) recover() error {
	begun, committed := journals(w.bundle.Manifest)
	old, err := readJournal(w.disk, begun)
	if errors.Is(err, errNoJournal) { // killed while it was written: nothing was staged
		old, err = &journal{}, nil
	}
	if err == nil && old != nil {
		err = w.back(*old, begun)
	}
	if err != nil {
		return err
	}
	old, err = readJournal(w.disk, committed)
	if err != nil || old == nil {
		return err
	}
	w.note("an earlier run was cut off while it put its files in place; that is completed now")
	return w.forward(*old, true)
}

// begin writes the journal, so that nothing can be staged that is not known.
func (w *writer) begin(j journal) error {
	begun, _ := journals(w.bundle.Manifest)
	if err := w.parents(path.Dir(begun)); err != nil {
		return err
	}
	text, err := newPress().encode(j)
	if err != nil {
		return err
	}
	f, err := w.disk.Create(begun)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close(), w.disk.SyncDir(path.Dir(begun)))
}

// commit is the decision: from the rename on the run will be completed, by this
// process or by the next.
func (w *writer) commit(j journal) error {
	sync := w.disk.SyncDir
	if w.together {
		sync = w.disk.SyncAll
	}
	for _, folder := range j.folders() {
		if err := errors.Join(sync(folder), w.disk.Still(folder)); err != nil {
			return err
		}
	}
	begun, committed := journals(w.bundle.Manifest)
	return w.disk.Rename(begun, committed)
}

// forward puts in place what lies ready, and takes no heed of an interrupt. When
// it is done again, what no longer lies ready is in place already.
func (w *writer) forward(j journal, again bool) error {
	for n, target := range j.Files {
		err := w.disk.Rename(j.temp(n), target)
		if err != nil && !(again && errors.Is(err, fs.ErrNotExist)) {
			return fmt.Errorf("/%s: %w (%d of %d files are in place; run again to complete the work)", target, err, n, len(j.Files))
		}
	}
	for _, target := range j.Remove {
		if err := w.gone(target); err != nil {
			return err
		}
	}
	for _, folder := range j.folders() {
		if err := w.disk.SyncDir(folder); err != nil {
			return err
		}
	}
	_, committed := journals(w.bundle.Manifest)
	return w.forget(committed)
}

// back removes what was staged.
func (w *writer) back(j journal, begun string) error {
	var err error
	for n := range j.Files {
		err = errors.Join(err, w.gone(j.temp(n)))
	}
	if err != nil {
		return err
	}
	return w.forget(begun)
}

// forget removes the journal: the run has come to its end.
func (w *writer) forget(p string) error {
	if err := w.gone(p); err != nil {
		return err
	}
	if err := w.disk.SyncDir(path.Dir(p)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil // not even the folder is there
}

// gone removes a file that may be gone already. It looks first: a read-only file
// system refuses to remove even what is not there.
func (w *writer) gone(p string) error {
	switch _, err := w.disk.Lstat(p); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	return w.disk.Remove(p)
}
