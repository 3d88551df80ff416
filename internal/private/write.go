package private

import "github.com/google/renameio/v2"

// Write puts a file in place that only its owner may read, whole or not at all, in
// one step and whatever the rights of a file that it replaces.
func Write(path string, text []byte) error {
	return renameio.WriteFile(path, text, 0o600, renameio.WithStaticPermissions(0o600))
}
