package startup

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func urlWithoutScheme() rule.Rule {
	return rule.Rule{
		Slug:     "url-without-scheme",
		Severity: finding.Error,
		Title:    "an address without a scheme",
		Why:      "mod_auth_openidc reads a whole URL here; without `https://` in front httpd does not start.",
		Mend:     "Write the whole address.",
		Source:   "mod_auth_openidc, src/parse.c, oidc_valid_url",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, name := range append(tlsOnly(), "OIDCProviderMetadataURL", "OIDCOAuthServerMetadataURL", "OIDCRedirectURI", "OIDCDiscoverURL", "OIDCDefaultURL") {
					for _, at := range t.Commands(strings.ToLower(name)) {
						if value := subject.Arg(at, 0); value != "" && !strings.Contains(value, "://") && value[0] != '/' && !strings.Contains(value, "${") {
							p.On(at, finding.Finding{
								Message: fmt.Sprintf("%s %s has no scheme: httpd does not start", at.Name, value),
								Hint:    at.Name + " https://" + value,
								Fix:     subject.Reword("write https:// in front", at, 0, 1, "https://"+value),
							}, t.VhostOf(at))
						}
					}
				}
			}
		},
	}
}
