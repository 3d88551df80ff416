package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func everybodyGetsRights(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "everybody-gets-rights",
		Severity: finding.Info,
		Title:    "a rule without a condition gives rights to everybody whom the issuer knows",
		Why: "A rule holds when all of its `remote` entries do, and an entry without a condition only asks that the claim came. A rule of such " +
			"entries alone holds for every account of the issuer, guests, robots and those who register themselves included. That may be meant; " +
			"where the issuer is open to the public, it gives rights to the public.",
		Mend:   "Add a condition on a claim that the issuer's administrators decide: `any_one_of` on groups, roles or an entitlement.",
		Source: "keystone/federation/utils.py, RuleProcessor._verify_all_requirements",
		After:  []string{"whitelist-is-no-condition"},
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			rights := x.rights()
			if len(rights) == 0 || len(x.of(engine.AnyOneOf, engine.NotAnyOf)) > 0 {
				return
			}
			p.Report(finding.Finding{
				At:      rights[0].at.At,
				Message: fmt.Sprintf("%s: no entry of \"remote\" has a condition: everybody whom the issuer knows gets %s", x, listOf(rights)),
				Hint:    `{"type": "OIDC-groups", "any_one_of": ["cloud-users"]}`,
			}, x.node)
		}),
	}
}
