package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func whitelistIsNoCondition(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "whitelist-is-no-condition",
		Severity: finding.Error,
		Title:    "a whitelist or blacklist is meant as a condition, and lets everybody through",
		Why: "`whitelist` and `blacklist` only change what a placeholder stands for: the rule holds also when nothing is left. Where no " +
			"placeholder takes the entry, the list has no effect at all, and the rule gives its rights to everybody who has the claim, whatever its value. " +
			"The condition is called `any_one_of`.",
		Mend:   "Write `any_one_of` for `whitelist`, `not_any_of` for `blacklist`. Such an entry has no number: placeholders behind it count one less.",
		Source: "keystone/federation/utils.py, RuleProcessor._evaluate_requirement",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, q := range x.direct {
				if !q.filters() || x.taken(q) || len(q.list.Items()) == 0 {
					continue
				}
				p.Report(finding.Finding{
					At:      q.node.At,
					Message: fmt.Sprintf("%s: the %s of %s keeps nobody out, and no placeholder {%d} takes what it leaves: the rule holds for everybody who has the claim", x, q.kind, q.typeOf(), q.number),
					Hint:    fmt.Sprintf(`{"type": %s, %q: %s}`, quoted(q.typeOf()), q.meant(), written(q.list)),
					Fix:     x.asCondition(q),
				}, x.node, q.node)
			}
		}),
	}
}

// meant is the condition of a filter's kind.
func (q *requirement) meant() engine.Kind {
	if q.kind == engine.Blacklist {
		return engine.NotAnyOf
	}
	return engine.AnyOneOf
}

// asCondition makes a condition of the last entry that is counted: no placeholder
// changes what it stands for.
func (x *oneRule) asCondition(q *requirement) *finding.Fix {
	if q.kind != engine.Whitelist || q.number != len(x.direct)-1 {
		return nil
	}
	for _, m := range members(q.node) {
		if m.Key == string(q.kind) {
			return &finding.Fix{Title: "make the whitelist a condition", Edits: []finding.Edit{{At: m.KeyAt, Text: quoted(string(q.meant()))}}}
		}
	}
	return nil
}
