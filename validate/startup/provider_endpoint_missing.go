package startup

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func providerEndpointMissing() rule.Rule {
	return rule.Rule{
		Slug:     "provider-endpoint-missing",
		Severity: finding.Error,
		Title:    "OIDCProviderIssuer without an authorization endpoint",
		Why: "A provider that is written down in the virtual host must have its authorization endpoint, else " +
			"mod_auth_openidc does not start httpd. `httpd -t` says `Syntax OK`. Mostly OIDCProviderMetadataURL is " +
			"what was wanted: it brings all endpoints.",
		Mend:   "Use OIDCProviderMetadataURL, or write the endpoints down.",
		Source: "mod_auth_openidc, src/config.c, oidc_check_config_openid_openidc",
		After:  []string{"no-redirect-uri"},
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				at := v.Command("oidcproviderissuer")
				if at == nil || v.Command("oidcmetadatadir") != nil || v.Command("oidcprovidermetadataurl") != nil || v.Command("oidcproviderauthorizationendpoint") != nil {
					continue
				}
				p.On(at, finding.Finding{
					Message: v.Name() + " names an issuer but no authorization endpoint: httpd passes its test, but does not start",
					Hint:    "OIDCProviderMetadataURL " + strings.TrimSuffix(subject.Arg(at, 0), "/") + "/.well-known/openid-configuration",
				}, v)
			}
		},
	}
}
