package mapping

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func placeholderOfACondition(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "placeholder-of-a-condition",
		Severity: finding.Error,
		Title:    "placeholders are counted over conditions, which have no number",
		Why: "An entry with `any_one_of` or `not_any_of` only decides whether the rule holds; placeholders pass over it. Who counts it " +
			"too gets a number that is too high, and Keystone answers 500 to everybody whom the rule is for. The placeholders before it " +
			"stand for other claims than they seem to.",
		Mend:   "Count only entries without a list, with `whitelist` or with `blacklist`.",
		Source: "keystone/federation/utils.py, RuleProcessor._verify_all_requirements",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, t := range x.texts {
				n, ok := x.beyond(t)
				if !ok || n >= len(x.remote) {
					continue
				}
				p.Report(finding.Finding{
					At:      t.node.At,
					Message: fmt.Sprintf("%s: %s asks for {%d}, but conditions (any_one_of, not_any_of) have no number and %s: every login that the rule holds for ends in 500", x, quoted(t.node.Text()), n, x.entries()),
					Hint:    quoted(x.recounted(t)),
					Related: x.conditionsBefore(n),
					Fix:     x.recount(t),
				}, x.node, t.node)
			}
		}),
	}
}

// recounted gives a text with the numbers that its placeholders should have, if
// they were counted over all entries.
func (x *oneRule) recounted(t *text) string {
	var pairs []string
	for _, n := range t.template.Placeholders() {
		if n < len(x.remote) && !x.remote[n].condition() {
			pairs = append(pairs, fmt.Sprintf("{%d}", n), fmt.Sprintf("{%d}", x.remote[n].number))
		}
	}
	return strings.NewReplacer(pairs...).Replace(t.node.Text())
}

// recount is the fix, where every placeholder of the rule fits that way of
// counting: it writes all of the rule's texts anew.
func (x *oneRule) recount(at *text) *finding.Fix {
	fix := &finding.Fix{Title: "count the entries that are no conditions"}
	for _, t := range x.texts {
		for _, n := range t.template.Placeholders() {
			if n >= len(x.remote) || x.remote[n].condition() {
				return nil
			}
		}
		if text := x.recounted(t); text != t.node.Text() {
			fix.Edits = append(fix.Edits, finding.Edit{At: t.node.At, Text: quoted(text)})
		}
	}
	if x.recounted(at) == at.node.Text() {
		return nil
	}
	return fix
}

func (x *oneRule) conditionsBefore(n int) []finding.Related {
	var out []finding.Related
	for _, q := range x.remote[:n+1] {
		if q.condition() {
			out = append(out, finding.Related{Message: "a condition, which is not counted", At: q.node.At})
		}
	}
	return out
}
