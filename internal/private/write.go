package private

import "github.com/google/renameio/v2"

// Write puts a file in place that only its owner may read, whole or not at all, in
// one step and whatever the rights of a file that it replaces: renameio.WriteFile
// would keep those.
func Write(path string, text []byte) error {
	file, err := renameio.NewPendingFile(path, renameio.WithStaticPermissions(0o600))
	if err != nil {
		return err
	}
	defer func() { _ = file.Cleanup() }() // nothing is left to do once it is in place
	if _, err := file.Write(text); err != nil {
		return err
	}
	return file.CloseAtomicallyReplace()
}
