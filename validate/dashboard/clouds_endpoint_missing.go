package dashboard

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func cloudsEndpointMissing() rule.Rule {
	return rule.Rule{
		Slug:     "clouds-endpoint-missing",
		Severity: finding.Error,
		Title:    "a cloud does not say where the issuer is",
		Why:      "The plugins that ask an issuer for a token need `discovery_endpoint` or `access_token_endpoint`. With neither of them the client ends with \"You have to specify either an access-token-endpoint or a discovery-endpoint\".",
		Mend:     "Give the URL of the discovery document.",
		Source:   "keystoneauth, keystoneauth1/loading/_plugins/identity/v3.py, _OpenIDConnectBase",
		After:    []string{"clouds-option-unknown"},
		Check: func(p *rule.Pass) {
			eachFederated(p, func(c cloud) {
				if !c.asks() || c.Auth["discovery_endpoint"].Set() || c.Auth["access_token_endpoint"].Set() || c.Profile.Set() {
					return
				}
				p.Report(finding.Finding{
					At:      c.At,
					Message: fmt.Sprintf("cloud %s has neither discovery_endpoint nor access_token_endpoint: %s does not know where to get a token", c.Name, c.AuthType.Text),
					Hint:    "discovery_endpoint: https://ISSUER/.well-known/openid-configuration",
				}, c.path+c.Name+"access_token_endpoint", c.path+c.Name+"discovery_endpoint")
			})
		},
	}
}
