package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func tlsSwitchOfTheOtherRole() rule.Rule {
	return rule.Rule{
		Slug:     "tls-switch-of-the-other-role",
		Severity: finding.Warning,
		Title:    "OIDCSSLValidateServer does not concern bearer tokens",
		Why: "`OIDCSSLValidateServer` speaks of the issuer's endpoints at a browser's login. For keys and introspection of bearer tokens there " +
			"is `OIDCOAuthSSLValidateServer`, which is On. Where nobody logs in with a browser the line changes nothing, and if the issuer's " +
			"CA is unknown, tokens still get 401: `SSL certificate problem` in the log.",
		Mend:   "Take the line away and name the CA with `OIDCCABundlePath` (since 2.4.5); before, put it into the machine's trust store.",
		Source: "mod_auth_openidc src/oauth.c, oidc_oauth_call_introspection_endpoint",
		Check: func(p *rule.Pass) {
			for _, h := range openidcVhosts(p) {
				at := h.Command("oidcsslvalidateserver")
				if at == nil || !subject.IsOff(subject.Arg(at, 0)) || h.RelyingParty() || !h.ResourceServer() || subject.IsOff(h.Value("oidcoauthsslvalidateserver")) {
					continue
				}
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("%s Off has no effect here: keys and introspection of bearer tokens go by OIDCOAuthSSLValidateServer", at.Name),
					Hint:    "OIDCCABundlePath /etc/pki/tls/certs/ca-bundle.crt",
				}, h.Vhost)
			}
		},
	}
}
