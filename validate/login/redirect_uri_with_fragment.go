package login

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func redirectURIWithFragment(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "redirect-uri-with-fragment",
		Severity: finding.Error,
		Title:    "the redirect URI has a fragment",
		Why: "What stands behind `#` stays in the browser: with such a redirect URI the code that the issuer appends never reaches httpd, and the login ends in " +
			"\"Error in handling response type\". OAuth 2.0 forbids it, so that most issuers refuse the address before.",
		Mend:   "Leave out `#` and what follows.",
		Source: "RFC 6749 section 3.1.2",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				if v.URI.Fragment == "" {
					continue
				}
				u := *v.URI
				u.Fragment, u.RawFragment = "", ""
				p.On(v.Redirect, finding.Finding{
					Message: "the redirect URI has a fragment, #" + v.URI.EscapedFragment() + ": the issuer's answer stays in the browser",
					Hint:    "OIDCRedirectURI " + u.String(),
					Fix:     subject.Write(v.Redirect, 0, u.String()),
				}, v.Vhost)
			}
		},
	}
}
