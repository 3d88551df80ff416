package startup

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func endpointNotHttps() rule.Rule {
	return rule.Rule{
		Slug:     "endpoint-not-https",
		Severity: finding.Error,
		Title:    "an endpoint without TLS, which the module refuses",
		Why: "Up to 2.4.15.7 mod_auth_openidc takes only https for the endpoints that tokens, codes and keys go " +
			"over, and httpd does not start: `cannot be parsed as a \"https\" URL`. Newer versions take http, and " +
			"then anybody on the way can hand out keys or read tokens.",
		Mend:   "Use the https address of the provider.",
		Source: "mod_auth_openidc, src/parse.c, oidc_valid_url",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				if since, sure := t.Since("2.4.16"); since || !sure {
					continue
				}
				for _, name := range tlsOnly() {
					for _, at := range t.Commands(strings.ToLower(name)) {
						if strings.HasPrefix(subject.Arg(at, 0), "http:") {
							p.On(at, finding.Finding{
								Message: fmt.Sprintf("mod_auth_openidc %s takes https only for %s: httpd does not start", t.Module, name),
								Hint:    at.Name + " https:" + strings.TrimPrefix(subject.Arg(at, 0), "http:"),
							}, t.VhostOf(at))
						}
					}
				}
			}
		},
	}
}

// tlsOnly are the directives whose URL is checked for https.
func tlsOnly() []string {
	return []string{"OIDCOAuthIntrospectionEndpoint", "OIDCOAuthVerifyJwksUri", "OIDCProviderAuthorizationEndpoint", "OIDCProviderTokenEndpoint",
		"OIDCProviderUserInfoEndpoint", "OIDCProviderJwksUri", "OIDCClientJwksUri"}
}
