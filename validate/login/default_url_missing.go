package login

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func defaultURLMissing(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "default-url-missing",
		Severity: finding.Info,
		Title:    "a login that comes too late ends on a bare error page",
		Why: "Somebody who stays at the issuer longer than OIDCStateTimeout, uses the back button or has bookmarked the issuer's login page comes back with an answer to which there is no login any more. " +
			"The module sends such a browser to OIDCDefaultURL, where it can begin again; without one it gets httpd's 400 page.",
		Mend:   "`OIDCDefaultURL` with the address of Horizon.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_handle_authorization_response",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				if v.Command("oidcdefaulturl") != nil {
					continue
				}
				p.On(v.Redirect, finding.Finding{
					Message: "a login that comes back too late ends on httpd's 400 page: there is no OIDCDefaultURL to begin again",
					Hint:    "OIDCDefaultURL https://DASHBOARD/",
				}, v.Vhost)
			}
		},
	}
}
