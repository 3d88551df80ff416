package validate_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate"
	"github.com/fedstone/fedstone/validate/subject"
)

// TestRenderedTreesAreClean: of what fedstone itself writes, on every platform,
// nothing is found. What has its protection switched off is not among it.
func TestRenderedTreesAreClean(t *testing.T) {
	trees, err := filepath.Glob("../templates/testdata/golden/*")
	if err != nil || len(trees) < 2 {
		t.Fatalf("no rendered trees: %v", err)
	}
	for _, tree := range trees {
		if strings.HasSuffix(tree, "-without") {
			continue
		}
		t.Run(filepath.Base(tree), func(t *testing.T) { wantClean(t, tree) })
	}
}

func wantClean(t *testing.T, paths ...string) {
	t.Helper()
	site, err := subject.Load(paths[0], paths, subject.Options{})
	if err != nil {
		t.Fatal(err)
	}
	result := validate.Run([]*subject.Site{site}, false)
	for _, f := range result.Findings {
		if f.Severity < finding.Info {
			t.Fatalf("not clean:\n%s", draw(t, []*subject.Site{site}, result))
		}
	}
	if len(result.Files) < 2 {
		t.Fatalf("only %v was read", result.Files)
	}
}
