package explain

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// nearest tells, of several rules of which none holds, which one the login came
// nearest to, and what stopped it there; "" where that is plain or no cause.
func (r Report) nearest() string {
	rules, out := r.Explanation.Rules, r.Explanation.Outcome
	if out.Error == nil || out.Error.Rule > 0 || len(rules) < 2 || slices.ContainsFunc(rules, func(rule engine.RuleTrace) bool { return rule.Holds || !rule.Reached }) {
		return ""
	}
	best := slices.MaxFunc(rules, func(a, b engine.RuleTrace) int {
		return stoppedAt(a)*len(b.Remote) - stoppedAt(b)*len(a.Remote)
	})
	at := stoppedAt(best)
	if at == 0 {
		return ""
	}
	q := best.Remote[at]
	return fmt.Sprintf("rule %d, which stops at %s: %s", best.Number, value(q.Type), why(q))
}

// stoppedAt is how many requirements of a rule that does not hold were passed.
func stoppedAt(rule engine.RuleTrace) int {
	return max(0, slices.IndexFunc(rule.Remote, func(q engine.RequirementTrace) bool { return !q.Holds }))
}
