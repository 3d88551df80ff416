package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func onlyExclusions(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "only-exclusions",
		Severity: finding.Warning,
		Title:    "a rule gives rights to everybody but those it lists",
		Why: "`not_any_of` holds for every value that is not listed. As the only condition of a rule it gives rights to whoever joins the issuer " +
			"tomorrow, and to those who get out of the listed group or whose value is spelt in another way: values count with their case.",
		Mend:   "Say who may come in: `any_one_of` with the groups that are meant. `not_any_of` may stay beside it.",
		Source: "keystone/federation/utils.py, RuleProcessor._evaluate_requirement",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			rights, not := x.rights(), x.of(engine.NotAnyOf)
			if len(rights) == 0 || len(not) == 0 || len(x.of(engine.AnyOneOf)) > 0 {
				return
			}
			p.Report(finding.Finding{
				At:      not[0].node.At,
				Message: fmt.Sprintf("%s: not_any_of is its only condition: everybody with any other value of %s gets %s", x, not[0].typeOf(), listOf(rights)),
				Hint:    fmt.Sprintf(`{"type": %s, "any_one_of": ["cloud-users"]}`, quoted(not[0].typeOf())),
				Related: []finding.Related{{Message: "this is given", At: rights[0].at.At}},
			}, x.node)
		}),
	}
}
