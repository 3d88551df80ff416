package cabundle_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/cabundle"
)

// TestKinds: every slug that the package names is one of Kinds, stands there once, is
// used, and is told whole.
func TestKinds(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || file == "kinds.go" {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"(ca-[a-z0-9-]+)"`).FindAllSubmatch(text, -1) {
			used[string(m[1])] = true
		}
	}
	for _, k := range cabundle.Kinds() {
		if !used[k.Slug] || k.Title == "" || k.Why == "" || k.Mend == "" || !strings.Contains(k.Page(), k.Why) {
			t.Errorf("not used, twice there, or not whole: %+v", k)
		}
		delete(used, k.Slug)
	}
	for slug := range used {
		t.Errorf("%s is no kind", slug)
	}
}
