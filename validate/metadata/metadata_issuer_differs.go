package metadata

import (
	"fmt"
	"path"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/rule"
)

func metadataIssuerDiffers(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-issuer-differs",
		Severity: finding.Error,
		Title:    "the file is of another issuer than the one it is named after",
		Why: "The module compares the `issuer` in the file with the issuer that it looked the file up for. Scheme, host, port, path and case count; one final slash does not. " +
			"A file that was copied from another realm, or fetched through another host name, ends every login in \"requested issuer does not match the \\\"issuer\\\" value in the provider metadata file\".",
		Mend:   "Fetch the discovery document of the issuer anew, and name its files after the `issuer` in it.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_provider_is_valid",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			own := textOf(i.Provider, "issuer")
			if own == "" || platform.MetadataName(own) == i.Base {
				return
			}
			i.on(p, i.Provider, member(i.Provider, "issuer"), finding.Finding{
				Message: fmt.Sprintf("the issuer is %s here, but the file is named after %s: the module refuses it", own, i.URL),
				Hint:    fmt.Sprintf("curl -sf %s/.well-known/openid-configuration -o %s", i.URL, shell(path.Join(i.Folder.Path, i.Provider.Name))),
			}, r.logins(i.Folder, i.Base)...)
		}),
	}
}
