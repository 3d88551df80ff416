package startup

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func resourceServerIncomplete() rule.Rule {
	return rule.Rule{
		Slug:     "resource-server-incomplete",
		Severity: finding.Error,
		Title:    "credentials for introspection without an endpoint",
		Why: "OIDCOAuthClientID or OIDCOAuthClientSecret alone make the virtual host a resource server that does " +
			"not know how to verify a token. mod_auth_openidc does not start httpd then; `httpd -t` says `Syntax " +
			"OK`.",
		Mend:   "Name the introspection endpoint or the keys, or leave the credentials out.",
		Source: "mod_auth_openidc, src/config.c, oidc_check_config_oauth",
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				at := v.Command("oidcoauthclientid")
				if at == nil {
					at = v.Command("oidcoauthclientsecret")
				}
				if at == nil || v.ResourceServer() {
					continue
				}
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("%s has %s, but no way to verify a token: httpd passes its test, but does not start", v.Name(), at.Name),
					Hint:    "OIDCOAuthVerifyJwksUri ISSUER_JWKS, or OIDCOAuthIntrospectionEndpoint ENDPOINT",
				}, v)
			}
		},
	}
}
