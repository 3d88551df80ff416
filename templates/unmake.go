package templates

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// unmake removes the folders that this run made, while they hold nothing.
func (w *writer) unmake() error {
	var err error
	for _, folder := range slices.Backward(w.made) {
		err = errors.Join(err, w.disk.Remove(folder))
	}
	return err
}

// absentFolders gives dir and the folders above it that are not there, the
// innermost first.
func absentFolders(dir string) []string {
	var absent []string
	for {
		if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
			return absent
		}
		absent = append(absent, dir)
		dir = filepath.Dir(dir)
	}
}

// removeFolders removes them as far as they are empty. What cannot be removed
// is no error of its own: it stands beside one that is told.
func removeFolders(folders []string) {
	for _, folder := range folders {
		if os.Remove(folder) != nil {
			return
		}
	}
}
