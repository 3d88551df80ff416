package metadata

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func metadataRefreshNeedsWrite(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-refresh-needs-write",
		Severity: finding.Warning,
		Title:    "issuers' metadata is fetched anew into a directory that httpd may write",
		Why: "OIDCProviderMetadataRefreshInterval makes the module fetch each `.provider` file anew and write it into the directory. That works only where httpd's user may write there; " +
			"and a directory that httpd may write takes files of any issuer that a caller names, so that the module registers itself where nobody configured it. Without write permission the file is fetched again with every login, once its time is over.",
		Mend:   "Keep the directory root's, leave the directive out, and replace `.provider` files by a job of your own that compares them first.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_provider_get",
		Check: r.eachFolder(func(p *rule.Pass, f *subject.Folder, _ []*issuer) {
			for _, v := range f.Vhosts {
				c := v.Command("oidcprovidermetadatarefreshinterval")
				if c == nil || subject.Arg(c, 0) == "0" {
					continue
				}
				p.On(c, finding.Finding{
					Message: fmt.Sprintf("every %s s the module writes the .provider files of %s anew, for which httpd needs the right to write there", subject.Arg(c, 0), f.Path),
					Hint:    "# without this line; and the directory as root's:\nchown -R root: " + shell(f.Path),
				}, v, f)
			}
		}),
	}
}
