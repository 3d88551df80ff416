package claims

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func claimEncoded(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "claim-encoded",
		Severity: finding.Error,
		Title:    "claims are passed in an encoding that Keystone does not undo",
		Why: "With `base64url` the module encodes the value of every claim. Keystone compares `remote_ids` and the values of mappings with the text as it comes: no issuer is found, 401 for everybody, " +
			"or users get encoded names.",
		Mend:   "Leave the second argument out.",
		Source: "mod_auth_openidc, src/util.c, oidc_util_set_app_info (2.4.6 and newer); keystone/federation/utils.py, get_assertion_params_from_env",
		Check: r.each(func(v *view) {
			for _, f := range v.Forms {
				if !strings.EqualFold(f.Encoding, "base64url") {
					continue
				}
				v.On(f.passAt(), finding.Finding{
					Message: "claims are passed in base64url, which Keystone does not decode: it finds neither the issuer nor the values of its mappings",
					Hint:    "OIDCPassClaimsAs " + f.PassAs,
					Fix:     withoutWord(f),
				}, append(f.Doors, f.Vhost)...)
			}
		}),
	}
}

// withoutWord is a fix that takes the encoding away.
func withoutWord(f *form) *finding.Fix {
	fix := replaced(f.PassAt, 1, "")
	if fix == nil {
		return nil
	}
	fix.Title = "remove the encoding"
	fix.Edits[0].At.Start = f.PassAt.Words()[0].At.End
	return fix
}
