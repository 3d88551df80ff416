package mapping_test

import (
	"testing"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/spec"
)

// TestRulesReadWhatTheModuleSets holds the types of compiled rules against the
// variables that the module makes of the same claims.
func TestRulesReadWhatTheModuleSets(t *testing.T) {
	for _, claim := range []string{"sub", "preferred_username", "https://example.org/name", "a.b", "a:b", "a b", "größe"} {
		t.Run(claim, func(t *testing.T) {
			m, list := mapping.Compile(provider(spec.Rule{
				When: []spec.Condition{when(claim, spec.AnyOf, "v")}, User: user("x"),
			}), "zed")
			if list.HasErrors() {
				t.Fatal(list)
			}
			if got, want := m.Rules[0].Remote[0].Type, variableOf(t, claim); got != want {
				t.Errorf("the rule reads %q, the module sets %q", got, want)
			}
		})
	}
}

func variableOf(t *testing.T, claim string) string {
	t.Helper()
	module, err := mapping.RenderedModule("2.4.12.3", claims.Bearer)
	if err != nil {
		t.Fatal(err)
	}
	env := module.Environ(&claims.Claims{Form: claims.JSON, Object: claims.Object{{Name: "sub", Value: "s"}, {Name: claim, Value: "v"}}})
	for _, v := range env.Variables {
		if v.Claim == claim {
			return v.Name
		}
	}
	t.Fatalf("the module sets nothing for %q: %+v", claim, env)
	return ""
}
