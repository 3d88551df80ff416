package mapping

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func typeMisspelt(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "type-misspelt",
		Severity: finding.Warning,
		Title:    "a type is no name that a variable has",
		Why: "A type is the exact name of a variable in Keystone's environment, with its case. Headers arrive as `HTTP_` in capitals with `_` for each " +
			"`-`; mod_auth_openidc sets claims as `OIDC-` and the claim's name as the issuer writes it. A type that never arrives makes the rule hold for " +
			"nobody, and the login ends in 401 when no other rule holds.",
		Mend:   "Write the name as it arrives: `OIDC-preferred_username`, `HTTP_OIDC_GROUPS`, `REMOTE_USER`.",
		Source: "keystone/federation/utils.py, get_assertion_params_from_env; PEP 3333, environ Variables",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			if !blind(p) {
				return
			}
			for _, q := range x.remote {
				right, why := spelling(q.typeOf())
				if why == "" {
					continue
				}
				f := finding.Finding{At: q.name.At, Message: fmt.Sprintf("%s: %s %s", x, quoted(q.typeOf()), why), Hint: quoted(right)}
				if meantClaim(q.typeOf()) == "" {
					f.Fix = rewrite("write the name as it arrives", q.name, right)
				}
				p.Report(f, x.node, q.node)
			}
		}),
	}
}

// spelling gives the name that a type should have, and why; "" where nothing is
// wrong with it.
func spelling(name string) (right, why string) {
	upper := strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
	switch trimmed := strings.TrimSpace(name); {
	case trimmed != name:
		return trimmed, "is no variable: blanks stand around its name"
	case strings.HasPrefix(upper, "HTTP_") && upper != name:
		return upper, "is no variable: that of a header has capitals and _ alone"
	case strings.HasPrefix(upper, "OIDC_") && !strings.HasPrefix(name, "OIDC"):
		return "OIDC-" + name[len("OIDC-"):], "is no variable of mod_auth_openidc: its prefix is OIDC- in capitals"
	}
	if meant := meantClaim(name); meant != "" {
		return "OIDC-" + meant, fmt.Sprintf("is most likely misspelt: did you mean the claim %q?", meant)
	}
	return "", ""
}
