package finding

import (
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Diff gives the change of one file as a unified diff that patch(1) takes with
// -p1; nil where nothing changed. It shows whole lines around the change and
// makes nothing printable: where secrets stand in the file, hand over texts in
// which they are covered.
func Diff(path string, before, after []byte) []byte {
	name := "/" + strings.TrimPrefix(Printable(path), "/")
	return diff.Diff("a"+name, before, "b"+name, after)
}
