package dashboard

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func cloudsDiscoveryIsIssuer() rule.Rule {
	return rule.Rule{
		Slug:     "clouds-discovery-is-issuer",
		Severity: finding.Error,
		Title:    "discovery_endpoint is the issuer, not its document",
		Why:      "The client reads `discovery_endpoint` as it is, and expects JSON. The issuer's own URL gives a page or 404: \"OpenID Connect Discovery Document … is not valid JSON\".",
		Mend:     "Put /.well-known/openid-configuration behind the issuer.",
		Source:   "keystoneauth, keystoneauth1/identity/v3/oidc.py, _get_discovery_document",
		Check: func(p *rule.Pass) {
			eachFederated(p, func(c cloud) {
				u, v := c.url("discovery_endpoint"), c.Auth["discovery_endpoint"]
				if u == nil || strings.Contains(u.Path, "/.well-known/") || strings.HasSuffix(u.Path, ".json") || u.RawQuery != "" {
					return
				}
				better := strings.TrimSuffix(v.Text, "/") + "/.well-known/openid-configuration"
				p.Report(finding.Finding{
					At:      v.At,
					Message: fmt.Sprintf("discovery_endpoint %s is no discovery document: the client ends with \"not valid JSON\"", v.Text),
					Hint:    "discovery_endpoint: " + better,
					Fix:     replaced(v.At, better, "name the discovery document"),
				}, v.At)
			})
		},
	}
}
