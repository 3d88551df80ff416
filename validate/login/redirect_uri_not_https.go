package login

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func redirectURINotHTTPS(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "redirect-uri-not-https",
		Severity: finding.Error,
		Title:    "the redirect URI is not https",
		Why: "The issuer sends the browser back over a connection that everybody on the way can read: the code, then the session's cookie, then Keystone's token. " +
			"Many issuers refuse such an address. Where users come by https, the login does not even work: the state's cookie is marked Secure and is not sent to an http address, so that the module does not know the login (400, or OIDCDefaultURL).",
		Mend:   "Write https, and let TLS end at httpd or at a load balancer in front of it.",
		Source: "RFC 6749 section 3.1.2.1; mod_auth_openidc, oidc_check_config_openid_openidc (a warning at start)",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				if v.URI.Scheme != "http" {
					continue
				}
				f := finding.Finding{
					Message: fmt.Sprintf("the redirect URI %s is not https: codes and cookies travel unencrypted, and issuers refuse it", v.URI),
					Hint:    "OIDCRedirectURI https" + strings.TrimPrefix(v.URI.String(), "http"),
				}
				if v.Secure() {
					f.Message = fmt.Sprintf("the redirect URI %s is not https, but this virtual host is reached by https: the state's cookie is not sent to it, and no login comes to its end", v.URI)
					f.Fix = subject.Write(v.Redirect, 0, "https"+strings.TrimPrefix(v.URI.String(), "http"))
				}
				p.On(v.Redirect, f, v.Vhost)
			}
		},
	}
}
