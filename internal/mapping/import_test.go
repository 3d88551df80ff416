package mapping_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// TestImport holds what is told and written of each mapping to its golden file:
// mappings as they are written in the wild, and everything that is lost.
func TestImport(t *testing.T) {
	files, err := filepath.Glob("testdata/import/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no mappings: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			labtest.Golden(t, strings.TrimSuffix(file, ".json")+".txt", importReport(t, filepath.Base(file), src), *update)
		})
	}
}

func importReport(t *testing.T, name string, src []byte) []byte {
	t.Helper()
	doc, list := engine.Read(name, src)
	if !list.HasErrors() {
		list = engine.Check(doc, engine.Options{})
	}
	if list.HasErrors() {
		t.Fatal(list)
	}
	imported, list := mapping.Import(doc)
	var b bytes.Buffer
	if err := finding.WriteText(&b, list, finding.TextOptions{}); err != nil {
		t.Fatal(err)
	}
	b.WriteString("\n" + imported.YAML())
	return b.Bytes()
}
