package mapping

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func headerTypeWithUnderscore(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "header-type-with-underscore",
		Severity: finding.Warning,
		Title:    "a claim with `_` in its name is asked for as a header, which httpd drops",
		Why: "mod_auth_openidc passes a claim as a header and as a variable. httpd drops headers whose names hold `_` before Keystone sees them, so that " +
			"`HTTP_OIDC_PREFERRED_USERNAME` is never there, while `HTTP_OIDC_GROUPS` is. The rule holds for nobody.",
		Mend:   "Ask for the variable: `OIDC-preferred_username`.",
		Source: "server/util_script.c, http2env",
		After:  []string{"type-misspelt"},
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			if !blind(p) {
				return
			}
			for _, q := range x.remote {
				if c := claim(q.typeOf()); header(q.typeOf()) && slices.Contains(underscored(), c) {
					p.Report(finding.Finding{
						At:      q.name.At,
						Message: fmt.Sprintf("%s: %s never arrives: httpd drops the header of a claim that has _ in its name", x, q.typeOf()),
						Hint:    quoted("OIDC-" + c),
					}, x.node, q.node)
				}
			}
		}),
	}
}
