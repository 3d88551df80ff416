package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func listEmpty(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "list-empty",
		Severity: finding.Warning,
		Title:    "a whitelist, blacklist or not_any_of lists nothing",
		Why: "An empty whitelist lets no value through: the login works, and nobody gets a group from it. An empty blacklist or `not_any_of` keeps " +
			"nothing back. Such a list is most often left by a generator whose variable was empty.",
		Mend:   "List the values that are meant, or remove the list from the entry.",
		Source: "keystone/federation/utils.py, RuleProcessor._evaluate_requirement",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, q := range x.of(engine.Whitelist, engine.Blacklist, engine.NotAnyOf) {
				if len(q.list.Items()) > 0 {
					continue
				}
				p.Report(finding.Finding{
					At:      q.list.At,
					Message: fmt.Sprintf("%s: the %s of %s is empty: %s", x, q.kind, q.typeOf(), q.emptiness()),
					Hint:    fmt.Sprintf(`%q: ["users"]`, string(q.kind)),
				}, x.node, q.node)
			}
		}),
	}
}

func (q *requirement) emptiness() string {
	if q.kind == engine.Whitelist {
		return "no value is let through"
	}
	return "no value is kept back"
}
