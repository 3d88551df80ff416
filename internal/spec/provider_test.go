package spec_test

import (
	"testing"

	"github.com/fedstone/fedstone/internal/spec"
)

func TestSplitProvider(t *testing.T) {
	type parts struct {
		path, idp string
		named     bool
	}
	for name, want := range map[string]parts{
		"rules.json":           {"rules.json", "", false},
		"federation.yaml#corp": {"federation.yaml", "corp", true},
		"#corp":                {"", "corp", true},
		"a#b/f.yaml#corp":      {"a#b/f.yaml", "corp", true},
	} {
		path, idp, named := spec.SplitProvider(name)
		if got := (parts{path, idp, named}); got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}
