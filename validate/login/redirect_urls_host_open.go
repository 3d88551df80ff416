package login

import (
	"fmt"
	"regexp"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func redirectURLsHostOpen() rule.Rule {
	return rule.Rule{
		Slug:     "redirect-urls-host-open",
		Severity: finding.Error,
		Title:    "OIDCRedirectURLsAllowed lets the host go on",
		Why:      "An expression that ends with the host's name also matches a longer name that only begins so, which anybody can register: an open redirect under your name after logout.",
		Mend:     "End the host with a slash: `^https://dashboard\\.example\\.org(/|$)`.",
		Source:   "mod_auth_openidc, src/mod_auth_openidc.c, oidc_validate_redirect_url; CWE-601",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, c := range t.Commands("oidcredirecturlsallowed") {
					for n, w := range c.Words() {
						if !openHost.MatchString(w.Value) {
							continue
						}
						p.On(c, finding.Finding{
							Message: fmt.Sprintf("%s does not end the host: a longer name that begins so is allowed, too", w.Value),
							Hint:    c.Name + ` "` + w.Value + `(/|$)"`,
							Fix:     inserted(c, n, opening(w)+len(w.Raw)-2*opening(w), "(/|$)"),
						})
					}
				}
			}
		},
	}
}

// openHost is an expression that ends within the host's name.
var openHost = regexp.MustCompile(`^\^\(?https\??\)?\??:(//|\\/\\/)[A-Za-z0-9.\\-]*(\.\*)?$`)
