package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func filteredClaimAsUser(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "filtered-claim-as-user",
		Severity: finding.Error,
		Title:    "the user is named by an entry with a whitelist or blacklist",
		Why: "A whitelist does not refuse anybody: it leaves nothing of a value that is not listed, and the rule holds all the same. The text of " +
			"an empty list is `[]`, so that everybody who should have been kept out logs in as one and the same user called `[]`, with the rights of " +
			"the rule. Of several values that are left, the name is a list in an order that is left to chance.",
		Mend:   "Put the list into a condition (`any_one_of`, with `\"regex\": true` for expressions), and name the user by an entry without a list.",
		Source: "keystone/federation/utils.py, DirectMaps.__getitem__ and RuleProcessor._evaluate_requirement",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, t := range x.texts {
				for _, q := range x.sources(t) {
					if !t.inUser() || !q.filters() {
						continue
					}
					p.Report(finding.Finding{
						At:      t.node.At,
						Message: fmt.Sprintf("%s: the user's %s comes from %s behind a %s, which refuses nobody: all whose value is not let through log in as the user %s", x, t.path[1], q.typeOf(), q.kind, quoted("[]")),
						Hint:    fmt.Sprintf(`{"type": %s}, {"type": %s, %q: %s%s}`, quoted(q.typeOf()), quoted(q.typeOf()), q.meant(), written(q.list), q.flag()),
						Related: []finding.Related{{Message: "the " + string(q.kind), At: q.node.At}},
					}, x.node, t.node, q.node)
				}
			}
		}),
	}
}

// flag writes what makes a list one of expressions.
func (q *requirement) flag() string {
	if q.regex {
		return `, "regex": true`
	}
	return ""
}
