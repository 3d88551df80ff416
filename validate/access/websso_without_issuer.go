package access

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func webssoWithoutIssuer() rule.Rule {
	return rule.Rule{
		Slug:     "websso-without-issuer",
		Severity: finding.Warning,
		Title:    "a provider's websso path takes sessions of every issuer",
		Why: "A browser has one session with a virtual host, not one for each issuer. Whoever has logged in at one issuer is let through to the websso path of every other identity provider " +
			"where only `Require valid-user` stands, with the first issuer's claims. Only Keystone's remote ids keep him out then (403), and he cannot choose another login until the session ends.",
		Mend:   "Require the issuer, and send other sessions to log in: `Require claim iss:…` with `OIDCUnAutzAction auth`.",
		Source: "src/mod_auth_openidc.c, oidc_handle_existing_session; Keystone, keystone/federation/utils.py, validate_idp",
		After:  []string{"issuer-check-void", "door-granted", "auth-merging-opens", "unknown-auth-type", "authtype-without-require", "unauthenticated-pass"},
		Check: func(p *rule.Pass) {
			several := once(severalIssuers)
			for _, d := range p.Doors() {
				need := d.Require()
				if d.Kind != subject.WebSSO || !d.Browser() || len(need.Undecided) > 0 || need.Denied() || need.MustClaim("iss") || sentToLogin(d) || need.Authz == nil || !several(d.Vhost) {
					continue
				}
				p.On(d.Section, finding.Finding{
					Message: fmt.Sprintf("the websso path of %s lets sessions of every issuer in: nothing is required of the claim iss", whose(d)),
					Hint:    "OIDCUnAutzAction auth\nRequire claim iss:ISSUER",
				}, d)
			}
		},
	}
}

// whose names a door's identity provider, or its path where an expression leaves it
// open.
func whose(d *subject.Door) string {
	if d.IdP == "" {
		return d.Path
	}
	return d.IdP
}
