package mapping_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/spec"
)

// TestImportOfCompiledRules: what was compiled comes back as it was written, for
// every example and for generated rules.
func TestImportOfCompiledRules(t *testing.T) {
	files, err := filepath.Glob("../../examples/*/federation.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		fed, _ := spec.Load(file, src)
		for _, idp := range fed.OpenID().IdentityProviders { // a mapping alone does not say that it is for SAML: its attributes are variables then
			comesBack(t, idp.ID.Value+" of "+file, idp)
		}
	}
	for number := range 1000 {
		g := importGenerator{rand.New(rand.NewPCG(9, uint64(number)))}
		comesBack(t, "generated", provider(g.named()...))
	}
}

func comesBack(t *testing.T, name string, idp spec.IdentityProvider) {
	t.Helper()
	m, list := mapping.Compile(idp, "")
	if list.HasErrors() {
		t.Fatalf("%s: %v", name, list)
	}
	src, err := m.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	got, list := mapping.Import(read(t, src))
	if list.HasErrors() {
		t.Fatalf("%s: %v\n%s", name, list, src)
	}
	if slices.ContainsFunc(list, func(f finding.Finding) bool { return strings.Contains(f.Message, "states the user's domain") }) {
		return // it is the provider's then
	}
	if diff := cmp.Diff(string(src), string(compiled(t, got))); diff != "" {
		t.Fatalf("%s (-mapping +imported and compiled):\n%s", name, diff)
	}
	if got.Domain != idp.Domain.Value { // where most groups are in another, that is taken for the provider's
		return
	}
	if diff := cmp.Diff(idp.Rules, got.Rules, cmpopts.EquateEmpty(), cmpopts.IgnoreTypes(finding.Range{})); diff != "" {
		t.Fatalf("%s (-rules +imported):\n%s\n%s", name, diff, src)
	}
}
