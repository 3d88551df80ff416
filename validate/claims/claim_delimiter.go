package claims

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func claimDelimiter(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "claim-delimiter",
		Severity: finding.Error,
		Title:    "lists in claims are joined with another sign than Keystone splits at",
		Why: "The module joins the values of a list with OIDCClaimDelimiter, a comma where it is not set; Keystone splits at `;` alone. A user with two groups then has one group by the name of `staff,admins`: " +
			"no condition of a mapping holds for him, while users with a single group log in as they should.",
		Mend:   "`OIDCClaimDelimiter \";\"`.",
		Source: "keystone/federation/utils.py, RuleProcessor.process (`v.split(';')`); mod_auth_openidc, src/config.c (OIDC_DEFAULT_CLAIM_DELIMITER)",
		Check: r.each(func(v *view) {
			for _, f := range v.Forms {
				at := f.Vhost.Command("oidcclaimdelimiter")
				value := f.Vhost.Value("oidcclaimdelimiter")
				if f.OAuth2 || value == ";" || !v.needsLists() {
					continue
				}
				g := finding.Finding{Severity: v.listSeverity(), Hint: `OIDCClaimDelimiter ";"`}
				g.Message = "the values of a list are joined with a comma, since OIDCClaimDelimiter is not set; Keystone splits at ; alone, so that two groups are one"
				if at != nil {
					g.Message = fmt.Sprintf("the values of a list are joined with %q, Keystone splits at ; alone, so that two groups are one", value)
					g.Fix = replaced(at, 0, `";"`)
				}
				v.On(first(at, f.PrefixAt, f.Vhost.Server.Command, f.Door.Section), g, f.Vhost)
			}
		}),
	}
}

// needsLists reports whether a mapping looks at a claim that usually is a list; also
// where no mapping is at hand.
func (v *view) needsLists() bool {
	return len(v.Mappings) == 0 || slices.ContainsFunc(v.Reads, func(x read) bool { return listed(x.Claim) })
}

// listSeverity: what a mapping needs fails, what it may need will.
func (v *view) listSeverity() finding.Severity {
	if len(v.Mappings) > 0 {
		return finding.Error
	}
	return finding.Warning
}
