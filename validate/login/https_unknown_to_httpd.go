package login

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func httpsUnknownToHTTPD(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "https-unknown-to-httpd",
		Severity: finding.Error,
		Title:    "httpd does not know that users come by https",
		Why: "Where TLS ends before httpd, requests look like http to it. The module compares the scheme that was called with that of the redirect URI and answers 500 where they differ " +
			"(\"the URL scheme (https) of the configured OIDCRedirectURI does not match the URL scheme of the URL being accessed (http)\"). Up to 2.4.10 it believed X-Forwarded-Proto; from 2.4.11 on only where OIDCXForwardedHeaders names it.",
		Mend:   "Say the public address in `ServerName https://HOST:PORT`, or name the header in `OIDCXForwardedHeaders` where a load balancer sets it on every request and clients cannot go around it.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_authenticate_user; ChangeLog 2.4.11; httpd, server/core.c, ap_http_scheme",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				since, sure := v.Tree.Since("2.4.11")
				if v.URI.Scheme != "https" || v.Secure() || v.schemeHeader() || sure && !since {
					continue
				}
				f := finding.Finding{
					Message: "nothing tells httpd that this virtual host is reached by https, as the redirect URI is: every login ends in 500",
					Hint:    "ServerName https://" + v.URI.Host,
				}
				if !sure {
					f.Severity, f.Message = finding.Info, "nothing tells httpd that this virtual host is reached by https: from mod_auth_openidc 2.4.11 on every login ends in 500"
				}
				p.On(v.Redirect, f, v.Vhost)
			}
		},
	}
}

// schemeHeader reports whether a header says the scheme.
func (v *party) schemeHeader() bool {
	for _, c := range v.Commands("oidcxforwardedheaders") {
		for n := range c.Argv() {
			if word := subject.Arg(c, n); strings.EqualFold(word, "X-Forwarded-Proto") || strings.EqualFold(word, "Forwarded") {
				return true
			}
		}
	}
	return false
}
