package metadata

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func confScopeNotOffered(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "conf-scope-not-offered",
		Severity: finding.Warning,
		Title:    "a scope is asked for that the issuer does not list",
		Why: "Issuers list the scopes they know in `scopes_supported`. To one that they do not know, some answer `invalid_scope`, and no login succeeds; others pass it over, and the claims behind it are missing without a word. " +
			"The list need not be whole, so that it may work all the same.",
		Mend:   "Write the scope as the issuer calls it, or have it define one of this name.",
		Source: "OpenID Connect Discovery 1.0, section 3, scopes_supported; RFC 6749, section 4.1.2.1",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			at := member(i.Conf, "scope")
			offered, _ := listOf(i.Provider, "scopes_supported")
			var unknown []string
			for _, s := range strings.Fields(at.Text()) {
				if !slices.Contains(offered, s) {
					unknown = append(unknown, s)
				}
			}
			if len(unknown) == 0 || len(offered) == 0 {
				return
			}
			i.on(p, i.Conf, at, finding.Finding{
				Message: fmt.Sprintf("scope %s is asked for, but %s offers %s", strings.Join(unknown, " "), i.name(), strings.Join(offered, ", ")),
				Hint:    fmt.Sprintf("%q: %q", "scope", bestScopes(at.Text(), offered)),
				Related: []finding.Related{{Message: "what the issuer offers", At: member(i.Provider, "scopes_supported").At}},
			})
		}),
	}
}

// bestScopes gives scopes with what the issuer does not list replaced by the nearest
// name, or left out.
func bestScopes(asked string, offered []string) string {
	var out []string
	for _, s := range strings.Fields(asked) {
		if !slices.Contains(offered, s) {
			s = finding.Nearest(s, offered)
		}
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}
