package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func keysAreStatic() rule.Rule {
	return rule.Rule{
		Slug:     "keys-are-static",
		Severity: finding.Info,
		Title:    "the issuer's keys are files, which nobody renews",
		Why: "Issuers change their signing keys, some of them every few weeks. Keys in files (`OIDCOAuthVerifyCertFiles`) stay as they are: " +
			"from the day of the change every token gets 401, at the command line alone. `OIDCOAuthVerifyJwksUri` fetches new keys by itself.",
		Mend: "`OIDCOAuthVerifyJwksUri` with the `jwks_uri` of the issuer's discovery document; where the files have to stay, compare their key " +
			"ids with it every day.",
		Source: "mod_auth_openidc src/config.c, oidc_set_public_key_files; src/jose.c",
		After:  []string{"key-without-id"},
		Check: func(p *rule.Pass) {
			for _, h := range openidcVhosts(p) {
				at := h.Command(certFiles)
				if at == nil || h.Command(jwksURI) != nil {
					continue
				}
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("the keys of %s come from files: when the issuer changes its keys, every token gets 401", h.Name()),
					Hint:    "OIDCOAuthVerifyJwksUri " + keysHint(p, h.doors[0]),
				}, h.Vhost)
			}
		},
	}
}
