package login

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func redirectURLsUnanchored() rule.Rule {
	return rule.Rule{
		Slug:     "redirect-urls-unanchored",
		Severity: finding.Error,
		Title:    "OIDCRedirectURLsAllowed matches in the middle of an address",
		Why: "The expressions are searched for anywhere in the address to which a browser is to be sent after a logout or a login. One that does not begin with `^` is also found in the query of a foreign address, " +
			"so that a link to your Keystone leads wherever its author wants: an open redirect under your name.",
		Mend:   "Begin with `^https://`, escape dots, and end the host with a slash or `$`.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_validate_redirect_url; CWE-601",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, c := range t.Commands("oidcredirecturlsallowed") {
					for n, w := range c.Words() {
						if w.Value == "" || anchored(w.Value) {
							continue
						}
						f := finding.Finding{
							Message: fmt.Sprintf("%s is found anywhere in an address, also in a foreign one's query: an open redirect", w.Value),
							Hint:    c.Name + " ^" + strings.TrimPrefix(w.Value, ".*"),
						}
						if strings.HasPrefix(w.Value, "http") {
							f.Fix = inserted(c, n, opening(w), "^")
						}
						p.On(c, f)
					}
				}
			}
		},
	}
}

// anchored reports whether an expression begins where the address does.
func anchored(expression string) bool {
	e := strings.TrimPrefix(expression, "(?i)")
	return strings.HasPrefix(strings.TrimLeft(e, "("), "^") || strings.HasPrefix(e, `\A`)
}
