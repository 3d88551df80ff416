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

// TestFilesAreShownAsTheyAre holds the files shown in docs/testing.md, which its
// samples run, to what is run.
func TestFilesAreShownAsTheyAre(t *testing.T) {
	path := filepath.Join(labtest.Repository(t), "docs", "testing.md")
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	fresh := included.ReplaceAllFunc(old, func(block []byte) []byte {
		m := included.FindSubmatch(block)
		text, err := os.ReadFile(filepath.Join(filepath.Dir(path), "testdata", string(m[2])))
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Join([][]byte{m[1], text, m[4]}, nil)
	})
	if bytes.Equal(fresh, old) && !included.Match(old) {
		t.Error("no file is shown")
	}
	if *update {
		if err := os.WriteFile(path, fresh, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(old), string(fresh)); diff != "" {
		t.Errorf("files have drifted; `make update` rewrites them (-page +file):\n%s", diff)
	}
}
