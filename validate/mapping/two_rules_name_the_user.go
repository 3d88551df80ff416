package mapping

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func twoRulesNameTheUser(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "two-rules-name-the-user",
		Severity: finding.Warning,
		Title:    "two rules that may both hold name the user in different ways",
		Why: "Keystone tries every rule and joins what all of them give, but only the first user counts: the others are passed over with a " +
			"line in the debug log. A person for whom both rules hold is the first one's user, and is another user of Keystone, with other roles, as " +
			"soon as the first rule no longer holds.",
		Mend:   "Name the user alike in both rules, name it in one rule that holds for all, or make the rules exclude each other with `not_any_of`.",
		Source: "keystone/federation/utils.py, RuleProcessor._transform",
		Check: r.eachDocument(func(p *rule.Pass, d *document) {
			var firsts []*oneRule // one for each way of naming the user
			for _, x := range d.rules {
				named := x.identity()
				if named == "" {
					continue
				}
				alike := func(o *oneRule) bool { return o.identity() == named }
				rival := func(o *oneRule) bool { return !alike(o) && !exclusive(o, x) }
				if i := slices.IndexFunc(firsts, rival); i >= 0 {
					p.Report(rivals(x, firsts[i]), x.node)
				}
				if !slices.ContainsFunc(firsts, alike) {
					firsts = append(firsts, x)
				}
			}
		}),
	}
}

func rivals(later, first *oneRule) finding.Finding {
	return finding.Finding{
		At:      later.user().At,
		Message: fmt.Sprintf("%s names the user %s, but %s names it %s: where both hold, only the first counts", later, later.identity(), first, first.identity()),
		Hint:    `"user": ` + written(first.user()),
		Related: []finding.Related{{Message: "the user that counts", At: first.user().At}},
	}
}

// identity says how a rule names the user, with types in place of numbers; "" where
// it gives neither id nor name.
func (x *oneRule) identity() string {
	var parts []string
	for _, t := range x.texts {
		if t.inUser() {
			parts = append(parts, fmt.Sprintf("by %s %s", t.path[1], quoted(x.spelt(t))))
		}
	}
	return strings.Join(parts, " and ")
}

// spelt gives a text with types in place of its numbers.
func (x *oneRule) spelt(t *text) string {
	out := t.node.Text()
	for _, q := range x.sources(t) {
		out = strings.ReplaceAll(out, fmt.Sprintf("{%d}", q.number), "{"+q.typeOf()+"}")
	}
	return out
}
