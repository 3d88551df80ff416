package mapping_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// FuzzImport: any mapping that Keystone stores is imported or refused, and what is
// written reads as it was meant (else Import panics).
func FuzzImport(f *testing.F) {
	files, err := filepath.Glob("testdata/import/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Add([]byte(`[{"local":[{"user":{"name":"{0}"},"group":{"name":"a\nb","domain":{"name":" "}}}],"remote":[{"type":"OIDC-s b"},{"type":"OIDC-x","any_one_of":["y","${a}","\u202e","{{","#"]}]}]`))
	f.Fuzz(func(t *testing.T, src []byte) {
		doc, list := engine.Read("m.json", src)
		if list.HasErrors() || engine.Check(doc, engine.Options{}).HasErrors() {
			return
		}
		if got, list := mapping.Import(doc); len(got.Rules) == 0 && !list.HasErrors() {
			t.Errorf("no rules and no reason: %s", src)
		}
	})
}
