package login

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func cookieReadableByScripts(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "cookie-readable-by-scripts",
		Severity: finding.Warning,
		Title:    "scripts can read the session's cookie",
		Why: "The session's cookie is as good as the user's login. HttpOnly keeps it from scripts, so that a fault in some page of the same host, on any port, does not give it away; cookies know no ports, and Horizon is often one of these pages. " +
			"Nothing in Keystone's login reads it by a script.",
		Mend:   "Remove the line; On is the default.",
		Source: "mod_auth_openidc, OIDCCookieHTTPOnly; RFC 6265 section 4.1.2.6",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				if c := v.Command("oidccookiehttponly"); c != nil && !v.On("oidccookiehttponly", true) {
					p.On(c, finding.Finding{
						Message: "OIDCCookieHTTPOnly Off lets scripts of any page of this host read the session's cookie",
						Hint:    "OIDCCookieHTTPOnly On",
						Fix:     subject.Write(c, 0, "On"),
					}, v.Vhost)
				}
			}
		},
	}
}
