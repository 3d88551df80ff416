package mapping

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func ruleNeverHolds(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "rule-never-holds",
		Severity: finding.Error,
		Title:    "a rule's conditions cannot hold together",
		Why: "All entries of `remote` must hold for one login. An empty `any_one_of`, values that another entry of the rule refuses, or two lists " +
			"without a common value for a claim that has one value only, make a rule that holds for nobody. When no other rule holds, the login ends in 401.",
		Mend:   "Put alternatives into one list, or make two rules of it.",
		Source: "keystone/federation/utils.py, RuleProcessor._verify_all_requirements",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			if why, at, other := x.contradiction(); why != "" {
				f := finding.Finding{At: at.node.At, Message: fmt.Sprintf("%s holds for nobody: %s", x, why), Hint: joined(at, other)}
				if other != nil {
					f.Related = []finding.Related{{Message: "the entry that contradicts it", At: other.node.At}}
				}
				p.Report(f, x.node)
			}
		}),
	}
}

// joined gives one entry for the lists of two.
func joined(a, b *requirement) string {
	var values []string
	for _, q := range []*requirement{b, a} {
		if q != nil && q.kind == engine.AnyOneOf {
			for _, text := range q.texts() {
				values = append(values, quoted(text))
			}
		}
	}
	if len(values) == 0 {
		values = []string{`"users"`}
	}
	return fmt.Sprintf(`{"type": %s, "any_one_of": [%s]}`, quoted(a.typeOf()), strings.Join(values, ", "))
}

// contradiction says why a rule cannot hold, and which entries are to blame.
func (x *oneRule) contradiction() (why string, at, other *requirement) {
	wanted := x.of(engine.AnyOneOf)
	for i, q := range wanted {
		if len(q.list.Items()) == 0 {
			return fmt.Sprintf("any_one_of of %s is empty", q.typeOf()), q, nil
		}
		for _, no := range x.of(engine.NotAnyOf) {
			if q.typeOf() == no.typeOf() && !q.regex && !no.regex && len(q.values()) == len(q.list.Items()) && within(q, no) {
				return fmt.Sprintf("each value of %s that it wants is refused", q.typeOf()), q, no
			}
		}
		for _, o := range wanted[:i] {
			if q.typeOf() == o.typeOf() && single(q.typeOf()) && !q.regex && !o.regex && !common(o, q) {
				return fmt.Sprintf("%s has one value, which cannot be in both lists", q.typeOf()), q, o
			}
		}
	}
	return "", nil, nil
}
