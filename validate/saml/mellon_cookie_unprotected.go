package saml

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func mellonCookieUnprotected() rule.Rule {
	return rule.Rule{
		Slug:     "mellon-cookie-unprotected",
		Severity: finding.Warning,
		Title:    "scripts or plain HTTP can give a SAML session's cookie away",
		Why: "Who has the session's cookie is the user, until it ends. mod_auth_mellon marks it neither `Secure` nor `HttpOnly` unless it is told to: browsers send it over plain HTTP too, and scripts of any page of the host can read it. " +
			"Cookies know no ports, and Horizon is often one of these pages.",
		Mend:   "`MellonSecureCookie On`, which is both.",
		Source: "mod_auth_mellon, auth_mellon_cookie.c, am_cookie_params; RFC 6265 sections 4.1.2.5, 4.1.2.6 and 8.5",
		Check: func(p *rule.Pass) {
			judge(p, "MellonSecureCookie", func(value string) (f finding.Finding, ok bool) {
				lacks := map[string]string{"": "neither Secure nor HttpOnly", "off": "neither Secure nor HttpOnly", "secure": "Secure, but not HttpOnly", "httponly": "HttpOnly, but not Secure"}[value]
				return finding.Finding{Message: "the cookie of a SAML session is " + lacks, Hint: "MellonSecureCookie On"}, lacks != ""
			})
		},
	}
}
