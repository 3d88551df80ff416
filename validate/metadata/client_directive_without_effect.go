package metadata

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func clientDirectiveWithoutEffect(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "client-directive-without-effect",
		Severity: finding.Info,
		Title:    "OIDCClientID and OIDCClientSecret do not count beside a metadata directory",
		Why: "The client's id and secret at an issuer of a metadata directory stand in its `.client` file alone. The directives are left from the time of a single issuer: they change nothing, " +
			"and a secret that was renewed there is not the one that is sent.",
		Mend:   "Remove the lines; see that each `.client` file has what they said.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_client_parse",
		Check: r.eachFolder(func(p *rule.Pass, f *subject.Folder, _ []*issuer) {
			for _, v := range f.Vhosts {
				for _, key := range []string{"oidcclientid", "oidcclientsecret"} {
					c := v.Command(key)
					if c == nil || v.Command("oidcprovidermetadataurl") != nil || v.Command("oidcproviderissuer") != nil {
						continue
					}
					p.On(c, finding.Finding{
						Message: fmt.Sprintf("%s has no effect: the clients of %s are in their .client files", c.Name, f.Path),
						Hint:    "# remove " + c.Name,
					}, v)
				}
			}
		}),
	}
}
