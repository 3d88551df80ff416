package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func placeholderOutOfRange(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "placeholder-out-of-range",
		Severity: finding.Error,
		Title:    "a placeholder has no entry of remote that it could stand for",
		Why: "`{0}`, `{1}` … stand for the entries of `remote`, counted from 0. When the rule holds and the number is too high, Keystone " +
			"raises a DirectMappingError and answers 500 to everybody whom the rule is for. Storing the mapping does not show it.",
		Mend:   "Add the entry to `remote`, or take a number that is there.",
		Source: "keystone/federation/utils.py, RuleProcessor._update_local_mapping",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, t := range x.texts {
				if n, ok := x.beyond(t); ok && n >= len(x.remote) {
					p.Report(finding.Finding{
						At:      t.node.At,
						Message: fmt.Sprintf("%s: %s asks for {%d}, but %s: every login that the rule holds for ends in 500", x, quoted(t.node.Text()), n, x.entries()),
						Hint:    `{"type": "OIDC-email"}`,
					}, x.node, t.node)
				}
			}
		}),
	}
}
