package mapping

import (
	"slices"

	"github.com/fedstone/fedstone/internal/platform"
)

// written is the schema of every mapping that is compiled here.
const written = "1.0"

// schemaVersion gives the version to state for a release; "" where mappings have
// no versions.
func schemaVersion(release string) string {
	if r, ok := platform.ReleaseByName(release); ok && slices.Contains(r.SchemaVersions, written) {
		return written
	}
	return ""
}
