package metadata

import (
	"fmt"
	"path"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func metadataClientMissing(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-client-missing",
		Severity: finding.Error,
		Title:    "an issuer has no .client file",
		Why: "The client's id and secret at an issuer stand in its `.client` file; `OIDCClientID` of the virtual host does not count for issuers of a metadata directory. " +
			"Without the file the module tries to register a client of its own where the issuer has a `registration_endpoint`, and else ends the login: \"no (valid) client metadata exists for provider\".",
		Mend:   "Write `client_id` and `client_secret` into a file of the issuer's name with `.client`.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_client_get",
		After:  []string{"metadata-name-wrong", "metadata-issuer-differs"},
		Check: r.each(func(p *rule.Pass, i *issuer) {
			if i.Provider == nil || i.Client != nil {
				return
			}
			f := finding.Finding{
				Message: fmt.Sprintf("%s.client is not there: logins at %s fail", i.Base, i.name()),
				Hint:    fmt.Sprintf(`# %s`+"\n"+`{"client_id": "ID", "client_secret": "SECRET"}`, path.Join(i.Folder.Path, i.Base+".client")),
			}
			if textOf(i.Provider, "registration_endpoint") != "" {
				f.Severity = finding.Warning
				f.Message = fmt.Sprintf("%s.client is not there: the module registers a client of its own at %s with the first login, or fails where the issuer does not let it", i.Base, i.name())
			}
			i.on(p, i.Provider, nil, f)
		}),
	}
}
