package templates

import (
	"context"
	"errors"
	"fmt"
	"path"
	"sync"

	"github.com/fedstone/fedstone/internal/parallel"
)

// WriteOptions say how Write treats what is there.
type WriteOptions struct {
	// Prune removes files of an earlier run that are no longer produced. Without
	// it they are reported and stay.
	Prune bool
}

// Report says what Write did. All paths are the target's.
type Report struct {
	Created   []string
	Updated   []string
	Unchanged []string
	Stale     []string // no longer produced, and still there
	Pruned    []string
	Notes     []string // what else is worth knowing, such as owners that this machine does not know
}

// Write puts the bundle into the tree below dir. It is verified first: what does
// not read back as it was meant is not put in place. Then a journal says what is
// to come, every file is staged, with its mode and owner from birth, and synced;
// only when all of them lie ready the journal is committed and they are renamed,
// the manifest last. If anything fails before that nothing has changed. From
// there on the run is completed: by this call, or, where it is killed or a rename
// fails, by the next one on the same tree, which begins with that. Files that are
// as they should be are not touched. The mode of a file that is there is never
// widened.
func Write(ctx context.Context, b *Bundle, dir string, opts WriteOptions) (Report, error) {
	if err := b.Verify(); err != nil {
		return Report{}, fmt.Errorf("nothing was changed: %w", err)
	}
	absent := absentFolders(dir)
	d, err := openDisk(dir, true)
	if err != nil {
		removeFolders(absent)
		return Report{}, err
	}
	w := newWriter(d, b)
	report, err := w.write(ctx, opts)
	err = errors.Join(err, d.Close())
	if err != nil {
		removeFolders(absent) // those that hold something stay
	}
	return report, err
}

// severalFiles is the number up to which each file is synced by itself, which
// leaves other programs' data alone. Of more, each would cost a disk's turn.
const severalFiles = 64

// writer is one Write.
type writer struct {
	disk   disk
	bundle *Bundle
	owners owners
	report Report
	noting sync.Mutex // of the report's notes

	together bool            // staged files are synced all at once, before the commit
	made     []string        // folders, parents first
	checked  map[string]bool // folders that may be written into

	foreignFolders []string // belong to others than described
}

func newWriter(d disk, b *Bundle) *writer {
	return &writer{disk: d, bundle: b, owners: systemOwners(), checked: map[string]bool{}}
}

func (w *writer) write(ctx context.Context, opts WriteOptions) (report Report, err error) {
	release, err := w.disk.Lock()
	if err != nil {
		return Report{}, err
	}
	defer func() { err = errors.Join(err, release()) }()
	if err := w.recover(); err != nil {
		return Report{}, err
	}
	s, err := survey(w.disk, w.bundle, opts.Prune)
	if err != nil {
		return Report{}, err
	}
	j := newJournal(s.states, s.stale, opts.Prune)
	w.together = len(j.Files) > severalFiles
	if err := w.prepare(ctx, j, s.states); err != nil {
		return Report{}, fmt.Errorf("nothing was changed: %w", errors.Join(err, w.undo(j)))
	}
	if err := w.install(j); err != nil {
		return Report{}, err
	}
	w.tell(s, opts.Prune)
	return w.report, nil
}

// prepare does all that can fail without a trace.
func (w *writer) prepare(ctx context.Context, j journal, states []state) error {
	if !j.empty() {
		if err := w.begin(j); err != nil {
			return err
		}
	}
	for _, f := range w.bundle.Folders {
		if err := w.folder(f); err != nil {
			return err
		}
	}
	if err := w.stageAll(ctx, j, states); err != nil || j.empty() {
		return err
	}
	return w.commit(j)
}

// stageAll stages what differs. Folders and owners are seen to first: what is left is a matter
// of each file alone.
func (w *writer) stageAll(ctx context.Context, j journal, states []state) error {
	var all []staging
	for _, s := range states {
		if s.same() {
			continue
		}
		one, err := w.plan(j.temp(len(all)), s)
		if err != nil {
			return fmt.Errorf("%s: %w", s.file.Path, err)
		}
		all = append(all, one)
	}
	failed := make([]error, len(all))
	w.each(len(all), func(i int) bool {
		if failed[i] = context.Cause(ctx); failed[i] == nil {
			failed[i] = w.stage(all[i])
		}
		return failed[i] == nil
	})
	return first(failed)
}

// each does things until one fails: several at a time where there are many.
func (w *writer) each(n int, do func(int) bool) {
	if w.together {
		parallel.All(n, do)
		return
	}
	for i := range n {
		if !do(i) {
			return
		}
	}
}

// install puts in place what lies ready. From here on there is no way back.
func (w *writer) install(j journal) error {
	if !j.empty() {
		if err := w.disk.SyncDir(path.Dir(below(w.bundle.Manifest))); err != nil {
			return fmt.Errorf("%w (run again to complete the work)", err)
		}
	}
	for _, f := range w.bundle.Folders {
		if err := w.narrow(f); err != nil {
			return err
		}
	}
	if j.empty() {
		return nil
	}
	return w.forward(j, false)
}

// undo leaves no trace of a run that failed before its commit.
func (w *writer) undo(j journal) error {
	begun, _ := journals(w.bundle.Manifest)
	return errors.Join(w.back(j, begun), w.unmake())
}

// tell reports what was done.
func (w *writer) tell(s surveyed, prune bool) {
	foreign := w.foreignFolders
	for _, f := range s.states {
		if w.foreign(f) {
			foreign = append(foreign, f.file.Path)
		}
		if f.same() && f.info.Mode().Perm() != f.file.Mode {
			w.note("%s: its mode %04o is less open than %04o, and stays", f.file.Path, f.info.Mode().Perm(), f.file.Mode)
		}
		list := &w.report.Created
		switch {
		case f.same():
			list = &w.report.Unchanged
		case f.exists:
			list = &w.report.Updated
		}
		*list = append(*list, f.file.Path)
	}
	if len(foreign) > 0 {
		w.note("%s: belongs to others than described, and still does", some(foreign))
	}
	w.report.Stale = s.stale
	if prune {
		w.report.Stale, w.report.Pruned = nil, s.stale
	}
}
