package watch

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// The table of docs/watch.md is the metrics as they are.
func TestDocumented(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(labtest.Repository(t), "docs", "watch.md"))
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for line := range strings.Lines(string(page)) {
		if cell, ok := strings.CutPrefix(line, "| `fedstone_"); ok {
			name, _, _ := strings.Cut(cell, "`")
			told = append(told, "fedstone_"+name)
		}
	}
	if !slices.Equal(told, Names()) {
		t.Errorf("docs/watch.md tells of %q\nthere are %q", told, Names())
	}
	for _, change := range []Change{Failed, FailsOtherwise, Recovered, KeysChanged, IsolationFailed, IsolationRecovered} {
		if !strings.Contains(string(page), "`"+string(change)+"`") {
			t.Errorf("docs/watch.md says nothing of the change %s", change)
		}
	}
}
