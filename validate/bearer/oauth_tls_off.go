package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func oauthTLSOff() rule.Rule {
	return rule.Rule{
		Slug:     "oauth-tls-off",
		Severity: finding.Error,
		Title:    "the issuer's keys are fetched without checking its certificate",
		Why: "With `OIDCOAuthSSLValidateServer Off` whoever can answer in the issuer's place on the network hands out keys of his own, or says " +
			"of any token that it is valid: he can log in as every user. Nothing in the logs shows it.",
		Mend:   "`OIDCOAuthSSLValidateServer On`, and for a CA of your own `OIDCCABundlePath` (since 2.4.5) with its certificate.",
		Source: "mod_auth_openidc src/oauth.c, oidc_oauth_call_introspection_endpoint; src/proto.c, oidc_proto_get_keys_from_jwks_uri",
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				at := v.Command("oidcoauthsslvalidateserver")
				if at == nil || !subject.IsOff(subject.Arg(at, 0)) || v.Main != nil && len(v.Own(at.Key())) == 0 && !v.ResourceServer() {
					continue
				}
				if from := source(v); from != nil && subject.Loopback(subject.Arg(from, 0)) {
					continue
				}
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("%s Off: the issuer's certificate is not checked, and whoever answers in its place vouches for any token", at.Name),
					Hint:    "OIDCOAuthSSLValidateServer On\n# and only for a CA of your own: OIDCCABundlePath CA-FILE",
					Fix:     subject.Switch(at, "On"),
				}, v)
			}
		},
	}
}
