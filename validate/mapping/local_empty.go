package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func localEmpty(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "local-empty",
		Severity: finding.Warning,
		Title:    "a rule gives nothing",
		Why: "Keystone joins what all rules that hold give, and no rule can take something away: `\"local\": []` is no way to refuse somebody. " +
			"Where only this rule holds, the login ends in 401; where another holds, too, the rule changes nothing.",
		Mend:   "Refuse people by `not_any_of` in the rules that give something, and remove this one.",
		Source: "keystone/federation/utils.py, RuleProcessor.process",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			if len(x.local) > 0 {
				return
			}
			p.Report(finding.Finding{
				At:      x.node.Get("local").At,
				Message: fmt.Sprintf("%s gives nothing, and keeps nobody from what other rules give", x),
				Hint:    `"not_any_of" in the other rules`,
			}, x.node)
		}),
	}
}
