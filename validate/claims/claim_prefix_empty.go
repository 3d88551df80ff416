package claims

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func claimPrefixEmpty(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "claim-prefix-empty",
		Severity: finding.Error,
		Title:    "claims come without a prefix",
		Why: "Without a prefix a claim is a header and a variable of its own name, among those of httpd and of the client: a claim may so replace what httpd says of a request, " +
			"and the module no longer takes out of requests what clients send under the names of claims. Keystone cannot tell a claim from anything else.",
		Mend:   "`OIDCClaimPrefix \"OIDC-\"`.",
		Source: "mod_auth_openidc, auth_openidc.conf (OIDCClaimPrefix); src/util.c, oidc_scrub_headers",
		Check: r.each(func(v *view) {
			for _, f := range v.Forms {
				if f.OAuth2 || f.Prefix != "" {
					continue
				}
				v.On(f.prefixAt(), finding.Finding{
					Message: "claims have no prefix: a claim is a variable of its own name, and what clients send under such names is not taken out",
					Hint:    `OIDCClaimPrefix "OIDC-"`,
					Fix:     replaced(f.PrefixAt, 0, `"OIDC-"`),
				}, append(f.Doors, f.Vhost, names)...)
			}
		}),
	}
}
