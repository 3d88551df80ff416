package startup

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func providerAndMetadataDir() rule.Rule {
	return rule.Rule{
		Slug:     "provider-and-metadata-dir",
		Severity: finding.Error,
		Title:    "one provider and a metadata directory in one virtual host",
		Why: "mod_auth_openidc takes either one provider (OIDCProviderMetadataURL) or a directory with several. " +
			"With both it refuses to start httpd; `httpd -t` does not look at it.",
		Mend:   "Keep OIDCMetadataDir and put the provider's document into it, or keep the one provider.",
		Source: "mod_auth_openidc, src/config.c, oidc_check_config_openid_openidc",
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				url, dir := v.Command("oidcprovidermetadataurl"), v.Command("oidcmetadatadir")
				if url == nil || dir == nil {
					continue
				}
				p.On(url, finding.Finding{
					Message: fmt.Sprintf("%s has a provider and the metadata directory of line %d: httpd passes its test, but does not start", v.Name(), dir.At().Start.Line),
					Hint:    "remove this line, with OIDCClientID and OIDCClientSecret, or remove OIDCMetadataDir",
				}, v)
			}
		},
	}
}
