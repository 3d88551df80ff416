package private

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// Write puts a file in place that only its owner may read, whole or not at all, in
// one step and whatever the rights of a file that it replaces: renameio.WriteFile
// would keep those. File and name are on the disk when this returns.
func Write(path string, text []byte) error {
	file, err := renameio.NewPendingFile(path, renameio.WithStaticPermissions(0o600))
	if err != nil {
		return err
	}
	defer func() { _ = file.Cleanup() }() // nothing is left to do once it is in place
	if _, err := file.Write(text); err != nil {
		return err
	}
	if err := file.CloseAtomicallyReplace(); err != nil {
		return err
	}
	return settle(path)
}

// Move puts a file in the place of another in one step. Its name is on the disk when
// this returns.
func Move(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return settle(to)
}

// settle waits until the folder that names a file is on the disk.
func settle(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
