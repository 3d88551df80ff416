package session

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func tlsValidationOff() rule.Rule {
	return rule.Rule{
		Slug:     "tls-validation-off",
		Severity: finding.Error,
		Title:    "the issuer's certificate is not checked",
		Why: "With `OIDCSSLValidateServer Off` the module takes any certificate for the issuer's: whoever can answer in its place on the network gets the client's secret and the codes of all logins, " +
			"hands out keys of his own and so logs in as every user. Nothing in the logs shows it. The line is copied from development setups, where it stands in for a CA that httpd does not know.",
		Mend:   "Switch it on, and name a CA of your own in `OIDCCABundlePath` (2.4.5 and newer; before, put it into the machine's trust store).",
		Source: "mod_auth_openidc, src/util.c, oidc_util_http_call (CURLOPT_SSL_VERIFYPEER)",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, party, "oidcsslvalidateserver") {
				if !subject.IsOff(subject.Arg(s.at, 0)) {
					continue
				}
				p.On(s.at, finding.Finding{
					Message: "OIDCSSLValidateServer Off: the issuer's certificate is not checked, whoever answers in its place gets the client's secret and may log in as everybody",
					Hint:    "OIDCSSLValidateServer On\n# and only for a CA of your own: OIDCCABundlePath CA-FILE",
					Fix:     subject.Switch(s.at, "On"),
				}, s.Vhost)
			}
		},
	}
}
