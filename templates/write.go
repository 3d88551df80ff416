package templates

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
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
	Notes     []string // owners and groups that this machine does not know
}

// Write puts the bundle into the tree below dir. It is verified first: what does
// not read back as it was meant is not put in place. Then every file is staged,
// with its mode and owner from birth, and synced; only when all of them lie ready
// are they renamed, the manifest last. If staging fails nothing has changed. If a
// rename fails, every file is either the old or the new one, and the same call
// again completes the work. Staged files never stay. Files that are as they
// should be are not touched.
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
	w := writer{disk: d, bundle: b, owners: systemOwners()}
	report, err := w.write(ctx, opts)
	err = errors.Join(err, d.Close())
	if err != nil {
		removeFolders(absent) // those that hold something stay
	}
	return report, err
}

// writer is one Write.
type writer struct {
	disk    disk
	bundle  *Bundle
	owners  owners
	report  Report
	staged  []staged
	folders []string // made or written into: to be synced
	made    []string // parents first
}

// staged is a file that lies ready.
type staged struct {
	temp   string
	target string // relative
	state  state
}

func (w *writer) write(ctx context.Context, opts WriteOptions) (report Report, err error) {
	release, err := w.disk.Lock()
	if err != nil {
		return Report{}, err
	}
	defer func() { err = errors.Join(err, w.clean(), release()) }()
	states, stale, err := survey(w.disk, w.bundle, opts.Prune)
	if err != nil {
		return Report{}, err
	}
	if err := w.stageAll(ctx, states); err != nil {
		return Report{}, fmt.Errorf("nothing was changed: %w", errors.Join(err, w.clean(), w.unmake()))
	}
	if err := w.install(); err != nil {
		return w.report, err
	}
	w.report.Stale = stale
	if opts.Prune {
		err = w.prune(stale)
	}
	return w.report, errors.Join(err, w.sync())
}

func (w *writer) stageAll(ctx context.Context, states []state) error {
	for _, f := range w.bundle.Folders {
		if err := w.folder(f); err != nil {
			return err
		}
	}
	for _, s := range states {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		if s.same() {
			w.report.Unchanged = append(w.report.Unchanged, s.file.Path)
			continue
		}
		if err := w.stage(s); err != nil {
			return fmt.Errorf("%s: %w", s.file.Path, err)
		}
	}
	return nil
}

// install renames what lies ready. From here on there is no way back, and no
// heed of an interrupt.
func (w *writer) install() error {
	for len(w.staged) > 0 {
		s := w.staged[0]
		if err := w.disk.Rename(s.temp, s.target); err != nil {
			return fmt.Errorf("%s: %w (%d files are new already; run again to complete the work)", s.state.file.Path, err, len(w.report.Created)+len(w.report.Updated))
		}
		w.staged = w.staged[1:]
		w.touched(path.Dir(s.target))
		if s.state.exists {
			w.report.Updated = append(w.report.Updated, s.state.file.Path)
		} else {
			w.report.Created = append(w.report.Created, s.state.file.Path)
		}
	}
	return nil
}

func (w *writer) prune(stale []string) error {
	for _, target := range stale {
		if err := w.disk.Remove(below(target)); err != nil {
			return fmt.Errorf("remove %s: %w", target, err)
		}
		w.touched(path.Dir(below(target)))
		w.report.Pruned = append(w.report.Pruned, target)
	}
	w.report.Stale = nil
	return nil
}

func (w *writer) touched(folder string) {
	if !slices.Contains(w.folders, folder) {
		w.folders = append(w.folders, folder)
	}
}

func (w *writer) sync() error {
	var err error
	for _, f := range w.folders {
		err = errors.Join(err, w.disk.SyncDir(f))
	}
	return err
}

// clean removes staged files that were not renamed.
func (w *writer) clean() error {
	var err error
	for _, s := range w.staged {
		err = errors.Join(err, w.disk.Remove(s.temp))
	}
	w.staged = nil
	return err
}
