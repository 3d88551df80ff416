package bearer

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func keyWithoutID() rule.Rule {
	return rule.Rule{
		Slug:     "key-without-id",
		Severity: finding.Error,
		Title:    "a key file has no key id, so that no token finds it",
		Why: "Nearly every issuer names its key in the token's header (`kid`). mod_auth_openidc then takes the key of that id alone, and gives " +
			"a file without one an id of its own making, which is no issuer's. The token gets 401: `could not find key with kid`.",
		Mend: "Write the id in front of the file, `KID#/path/to/key.pem`, as it stands in the issuer's JWKS; or let the keys be fetched with " +
			"`OIDCOAuthVerifyJwksUri`.",
		Source: "mod_auth_openidc src/jose.c, oidc_jwt_verify, oidc_jwk_parse_rsa_key",
		Check: func(p *rule.Pass) {
			for _, h := range openidcVhosts(p) {
				if h.Command(jwksURI) == nil {
					checkIDs(p, h.Vhost)
				}
			}
		},
	}
}

func checkIDs(p *rule.Pass, v *subject.Vhost) {
	for _, c := range v.Commands(certFiles) {
		if w := withoutID(c.Argv()); w != "" {
			p.On(c, finding.Finding{
				Message: fmt.Sprintf("%s has no key id in front: a token that names its key, as nearly all do, gets 401", w),
				Hint:    fmt.Sprintf("%s KID#%s", c.Name, w),
			}, v)
		}
	}
}

// withoutID gives the first file that has no id; "" for none.
func withoutID(words []string) string {
	for _, w := range words {
		file := strings.TrimPrefix(strings.TrimPrefix(w, "sig:"), "enc:")
		if id, _, ok := strings.Cut(file, "#"); !ok || id == "" {
			return strings.TrimPrefix(file, "#")
		}
	}
	return ""
}
