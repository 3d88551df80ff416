package metadata

import (
	"fmt"
	"path"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func metadataProviderMissing(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-provider-missing",
		Severity: finding.Warning,
		Title:    "an issuer has a .client or .conf file, and no .provider file",
		Why: "Without a `.provider` file the module does not list the issuer on its page, and asks it for its discovery document when a login names it. What it gets it writes into the directory: " +
			"that works only where httpd may write there, which it should not, since the directory then takes any issuer that a caller names. Where it may not, older modules end the login.",
		Mend:   "Fetch the discovery document into a file of the same name with `.provider`.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_provider_get",
		After:  []string{"metadata-name-wrong"},
		Check: r.each(func(p *rule.Pass, i *issuer) {
			if i.Provider != nil {
				return
			}
			i.on(p, i.files()[0], nil, finding.Finding{
				Message: fmt.Sprintf("%s.provider is not there: of the issuer %s the module knows no endpoints", i.Base, i.URL),
				Hint:    fmt.Sprintf("curl -sf %s/.well-known/openid-configuration -o %s", i.URL, shell(path.Join(i.Folder.Path, i.Base+".provider"))),
			})
		}),
	}
}
