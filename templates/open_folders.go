package templates

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/fedstone/fedstone/internal/kept"
)

// openFolders tells which of the bundle's own folders are more open than described, as
// the next Write would narrow them: whoever may write into the metadata directory adds
// an issuer. One that is missing is told by the files in it.
func openFolders(d disk, b *Bundle) ([]Drift, error) {
	var out []Drift
	for _, f := range b.Folders {
		info, err := d.Lstat(below(f.Path))
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, err
		case info.IsDir() && wider(info, f.Mode):
			out = append(out, Drift{f.Path, fmt.Sprintf("mode is %04o instead of %04o", info.Mode().Perm(), f.Mode)})
		}
	}
	return out, nil
}

// wider reports whether a file or folder gives a right that mode does not.
func wider(info fs.FileInfo, mode fs.FileMode) bool { return info.Mode().Perm()&^mode != 0 }

// closed reports whether a folder that was kept is no more open than it may be.
func closed(d disk, f kept.Closed) bool {
	info, err := d.Lstat(f.Path)
	return err == nil && info.IsDir() && !wider(info, f.Mode)
}

// rights are the folders, and the files of the right content, that are more open than
// described.
func (s surveyed) rights() []Drift {
	out := slices.Clone(s.open)
	for _, f := range s.states {
		if f.exists && f.equal && !f.same() {
			out = append(out, Drift{f.file.Path, f.drift()})
		}
	}
	return out
}
