package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func oauth2IssuerRefusesAll() rule.Rule {
	return rule.Rule{
		Slug:     "oauth2-issuer-refuses-all",
		Severity: finding.Error,
		Title:    "verify.iss=required has nothing to compare with and refuses every token",
		Why: "`verify.iss=required` has mod_oauth2 compare the issuer with the one that it knows from discovery (`metadata`). With `jwks_uri` " +
			"or a key it knows none, and up to liboauth2 2.3.0 nothing can tell it: every token gets 401, `Token could not be verified`.",
		Mend:   "Take the option away and write `Require oauth2_claim iss:…`.",
		Source: "liboauth2 src/jose.c, oauth2_jose_jwt_validate_iss",
		Check: func(p *rule.Pass) {
			for _, d := range oauth2Doors(p) {
				for _, v := range verifies(d) {
					if v.kind == "metadata" || v.kind == "introspect" || v.options.Get("verify.iss") != "required" || v.options.Has("iss") {
						continue
					}
					p.On(v.at, finding.Finding{
						Message: fmt.Sprintf("verify.iss=required with %s knows no issuer to compare with: every token for the %s %s gets 401", v.kind, d.Kind, d.Path),
						Hint:    "Require oauth2_claim iss:" + issuerOf(d),
						Fix:     withoutOption(v, "verify.iss=required"),
					}, d)
				}
			}
		},
	}
}
