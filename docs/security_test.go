package docs_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/spec"
)

// TestSecurityNamesEverySwitch: docs/security.md has a row for each protection
// that can be switched off.
func TestSecurityNamesEverySwitch(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(labtest.Repository(t), "docs", "security.md"))
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Defs map[string]node `json:"$defs"`
	}
	if err := json.Unmarshal(spec.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	names := 0
	for _, def := range []string{"without", "providerWithout"} {
		for name := range schema.Defs[def].Properties {
			if names++; !strings.Contains(string(page), "\n| `"+name+"` | ") {
				t.Errorf("docs/security.md says nothing about %s", name)
			}
		}
	}
	if names == 0 {
		t.Error("the schema has no protection to switch off")
	}
}
