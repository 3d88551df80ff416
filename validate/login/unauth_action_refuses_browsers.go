package login

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func unauthActionRefusesBrowsers(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "unauth-action-refuses-browsers",
		Severity: finding.Error,
		Title:    "browsers get an error instead of the issuer's login page",
		Why: "OIDCUnAuthAction says what happens to requests without a session, which is how every login begins. With `401`, `407` or `410` nobody is sent to the issuer; " +
			"with an expression those of whom it is true are not, and `=~ text/html` is true of browsers.",
		Mend:   "Refuse programs, not browsers: `OIDCUnAuthAction 401 \"%{HTTP_ACCEPT} !~ m#text/html#\"`.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_handle_unauthenticated_user",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				if len(v.Tree.Commands("oidcunauthaction")) == 0 {
					continue
				}
				for _, d := range v.Logins {
					at, action, expression, sure := unauth(d)
					if !sure || action != "401" && action != "407" && action != "410" || expression != "" && !html.MatchString(expression) {
						continue
					}
					p.On(at, finding.Finding{
						Message: fmt.Sprintf("browsers without a session get %s at the %s: no login can begin", action, d.Kind),
						Hint:    at.Name + " " + action + ` "%{HTTP_ACCEPT} !~ m#text/html#"`,
						Fix:     turnedRound(at, expression),
					}, d)
				}
			}
		},
	}
}

// turnedRound is a fix that makes an expression's opposite of it.
func turnedRound(c *httpdconf.Command, expression string) *finding.Fix {
	words := c.Words()
	if expression == "" || len(words) < 2 {
		return nil
	}
	return subject.Write(c, 1, strings.Replace(words[1].Raw, "=~", "!~", 1))
}
