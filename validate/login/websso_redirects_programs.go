package login

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
)

func webssoRedirectsPrograms(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "websso-redirects-programs",
		Severity: finding.Info,
		Title:    "programs get a login page, too",
		Why: "A request that accepts anything (`Accept: */*`, as curl and health checks send) gets 302 to the issuer like a browser, and a state's cookie with it. " +
			"A program that calls the path by mistake sees the issuer's HTML in place of an error, and one that keeps cookies locks itself out with 503 after seven calls.",
		Mend:   "`OIDCUnAuthAction 401 \"%{HTTP_ACCEPT} !~ m#text/html#\"`: who does not ask for HTML gets 401.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_handle_unauthenticated_user",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				var first *httpdconf.Command
				n := 0
				for _, d := range v.Logins {
					if _, action, expression, sure := unauth(d); sure && action == "auth" && expression == "" {
						if n++; first == nil {
							first = d.Section
						}
					}
				}
				if first != nil {
					p.On(first, finding.Finding{
						Message: fmt.Sprintf("programs that accept anything are sent to the issuer like browsers (websso paths of this virtual host: %d)", n),
						Hint:    `OIDCUnAuthAction 401 "%{HTTP_ACCEPT} !~ m#text/html#"`,
					}, v.Vhost)
				}
			}
		},
	}
}
