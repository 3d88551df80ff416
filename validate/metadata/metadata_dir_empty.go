package metadata

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func metadataDirEmpty(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-dir-empty",
		Severity: finding.Error,
		Title:    "the metadata directory has no issuer",
		Why: "With OIDCMetadataDir the module knows the issuers of this directory alone. httpd starts with an empty one, and nobody can log in: the page of issuers lists none, and a login that names one ends in an error. " +
			"An empty directory is what is left where a volume is not mounted, or files were put one level too deep.",
		Mend:   "Put the `.provider` and `.client` files of each issuer there, or name the directory that has them.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_list",
		Check: r.eachFolder(func(p *rule.Pass, f *subject.Folder, all []*issuer) {
			if len(all) > 0 {
				return
			}
			about := []any{f}
			for _, doors := range doorsBy(f) {
				for _, d := range doors {
					about = append(about, d)
				}
			}
			for _, v := range f.Vhosts {
				p.On(v.Command("oidcmetadatadir"), finding.Finding{
					Message: fmt.Sprintf("%s has no .provider file: nobody can log in", f.Show),
					Hint:    fmt.Sprintf("ls %s/*.provider", f.Path),
				}, about...)
				return
			}
		}),
	}
}
