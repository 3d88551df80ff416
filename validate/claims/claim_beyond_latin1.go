package claims

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func claimBeyondLatin1(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "claim-beyond-latin1",
		Severity: finding.Info,
		Title:    "characters beyond ISO-8859-1 come to Keystone as question marks",
		Why: "From mod_auth_openidc 2.4.15 on, claims are written in ISO-8859-1 unless OIDCPassClaimsAs says otherwise; what it does not have (Polish, Greek, Japanese names) becomes `?`. " +
			"Two people or groups may so get one name. Up to 2.4.14 the bytes of UTF-8 are passed.",
		Mend:   "Name users and groups by claims that are plain ASCII, such as `sub`.",
		Source: "mod_auth_openidc, ChangeLog 2.4.15; src/util.c, oidc_util_set_app_info",
		Check: r.each(func(v *view) {
			for _, f := range v.Forms {
				since, _ := f.Vhost.Tree.Since("2.4.15")
				latin1 := f.Encoding == "latin1" || since && f.Encoding == ""
				i := slices.IndexFunc(v.Reads, func(x read) bool { return x.Condition != nil && humanText(x.Claim) })
				if f.OAuth2 || !latin1 || i < 0 {
					continue
				}
				v.Report(finding.Finding{
					At:      v.Reads[i].At,
					Message: fmt.Sprintf("characters of %s that ISO-8859-1 does not have come to Keystone as ?, so that two names may be one", v.Reads[i].Name),
					Hint:    fmt.Sprintf("%q: %q", "type", f.variable("sub")),
				}, f.Vhost)
				return
			}
		}),
	}
}

// humanText reports whether a claim holds what people write in their own script.
func humanText(claim string) bool {
	return slices.Contains([]string{"name", "given_name", "family_name", "middle_name", "nickname", "preferred_username"}, claim)
}
