package docs_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// included is a block that repeats a file of docs/testdata:
//
//	<!-- file: testing/rules.test.yaml -->
//	```yaml
//	…
//	```
var included = regexp.MustCompile("(?s)(<!-- file: ([a-zA-Z0-9./-]+) -->\n```[a-z]+\n)(.*?)(```\n)")

// TestFilesAreShownAsTheyAre holds the files shown in the documentation, which its
// samples run, to what is run.
func TestFilesAreShownAsTheyAre(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(labtest.Repository(t), "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	for _, page := range pages {
		shown += checkIncluded(t, page)
	}
	if shown == 0 {
		t.Error("no file is shown")
	}
}

// checkIncluded gives how many files a page shows.
func checkIncluded(t *testing.T, page string) int {
	t.Helper()
	old, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	fresh := included.ReplaceAllFunc(old, func(block []byte) []byte {
		m := included.FindSubmatch(block)
		text, err := os.ReadFile(filepath.Join(filepath.Dir(page), "testdata", string(m[2])))
		if err != nil {
			t.Fatal(err)
		}
		shown++
		return bytes.Join([][]byte{m[1], text, m[4]}, nil)
	})
	if *update {
		if err := os.WriteFile(page, fresh, 0o644); err != nil {
			t.Fatal(err)
		}
		return shown
	}
	if diff := cmp.Diff(string(old), string(fresh)); diff != "" {
		t.Errorf("files have drifted; `make update` rewrites them (-page +file):\n%s", diff)
	}
	return shown
}
