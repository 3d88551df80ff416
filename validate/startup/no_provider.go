package startup

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func noProvider() rule.Rule {
	return rule.Rule{
		Slug:     "no-provider",
		Severity: finding.Error,
		Title:    "a login path without any provider",
		Why: "A path asks for an OpenID Connect login, but the virtual host names neither a provider nor a metadata " +
			"directory. Up to 2.4.20 httpd starts nevertheless and sends browsers to an address that begins with " +
			"`(null)`; newer versions refuse to start.",
		Mend:   "Name the provider (OIDCProviderMetadataURL, OIDCClientID) or the metadata directory.",
		Source: "mod_auth_openidc, src/config.c, oidc_config_check_vhost_config",
		After:  []string{"directive-not-here"},
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				if provider(v) != nil {
					continue
				}
				for _, d := range v.Doors() {
					if d.AuthType() == "openid-connect" {
						p.On(d.Section, finding.Finding{
							Message: fmt.Sprintf("the %s %s asks for a login, but %s has no provider: browsers are sent nowhere", d.Kind, d.Path, v.Name()),
							Hint:    "OIDCProviderMetadataURL ISSUER/.well-known/openid-configuration",
						}, v)
						break
					}
				}
			}
		},
	}
}
