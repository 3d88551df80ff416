package access

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func unauthenticatedPass() rule.Rule {
	return rule.Rule{
		Slug:     "unauthenticated-pass",
		Severity: finding.Error,
		Title:    "OIDCUnAuthAction pass lets requests through without a login",
		Why: "With `OIDCUnAuthAction pass`, mod_auth_openidc takes whoever has not logged in for a user without a name, whatever Require says: no browser is ever sent to the issuer. " +
			"Keystone gets a request without claims and answers 401.",
		Mend:   "`OIDCUnAuthAction 401` with an expression for programs: browsers are sent to log in. Or take the directive away.",
		Source: "src/mod_auth_openidc.c, oidc_handle_unauthenticated_user (OIDC_UNAUTH_PASS)",
		Check: func(p *rule.Pass) {
			if !uses(p, "oidcunauthaction") {
				return
			}
			var found groups
			for _, d := range p.Doors() {
				set := d.Setting("OIDCUnAuthAction")
				if d.Kind != subject.Callback && d.Browser() && strings.EqualFold(set.Value(), "pass") && d.Require().Authz != nil && !d.Require().Denied() {
					found.add(set.Commands[len(set.Commands)-1], d)
				}
			}
			for _, c := range found.order {
				doors := found.doors[c]
				p.On(c, finding.Finding{
					Message: fmt.Sprintf("OIDCUnAuthAction pass lets everybody through to %s, and nobody is sent to log in", doorsText(doors)),
					Hint:    "OIDCUnAuthAction " + browsersLogIn,
					Fix:     subject.Reword("send browsers to log in", c, 0, len(c.Words()), browsersLogIn),
				}, abouts(doors)...)
			}
		},
	}
}

// browsersLogIn sends browsers to the issuer, and answers programs with 401.
const browsersLogIn = `401 "%{HTTP_ACCEPT} !~ m#text/html#"`
