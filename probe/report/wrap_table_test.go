package report

import (
	"strings"
	"testing"

	"github.com/fedstone/fedstone/probe/symptom"
)

// TestCausesAreWords: no line of a cause is taken for a line of a file, which
// would be neither wrapped nor read.
func TestCausesAreWords(t *testing.T) {
	for _, s := range symptom.All() {
		for line := range strings.SplitSeq(s.Cause, "\n") {
			if toPaste(line) {
				t.Errorf("%s: %q is not wrapped", s.Slug, line)
			}
		}
	}
}
