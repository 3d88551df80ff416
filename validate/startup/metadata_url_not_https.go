package startup

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func metadataUrlNotHttps() rule.Rule {
	return rule.Rule{
		Slug:     "metadata-url-not-https",
		Severity: finding.Warning,
		Title:    "the provider's metadata is read without TLS",
		Why: "The document says where logins, codes and tokens go and whose keys are trusted. Without TLS anybody " +
			"on the way can change it. mod_auth_openidc only logs a warning.",
		Mend:   "Use the https address.",
		Source: "mod_auth_openidc, src/config.c, oidc_check_config_openid_openidc",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, at := range append(t.Commands("oidcprovidermetadataurl"), t.Commands("oidcoauthservermetadataurl")...) {
					if value := subject.Arg(at, 0); strings.HasPrefix(value, "http:") {
						p.On(at, finding.Finding{
							Message: at.Name + " is read without TLS: whoever is on the way says whose keys are trusted",
							Hint:    at.Name + " https:" + strings.TrimPrefix(value, "http:"),
						}, t.VhostOf(at))
					}
				}
			}
		},
	}
}
