package mapping

import (
	"encoding/json"
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func valueNotText(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "value-not-text",
		Severity: finding.Error,
		Title:    "a listed value is no text, which no claim ever equals",
		Why: "Claims reach Keystone as texts, and `1` is not equal to `\"1\"`. The schema takes such a value all the same: the condition never holds " +
			"(or `not_any_of` never refuses). With `\"regex\": true`, or for a list or an object, Python raises a TypeError and the login ends in 400.",
		Mend:   "Write it in quotes. A claim that is true arrives as \"1\" from mod_auth_openidc, one that is false as \"0\".",
		Source: "keystone/federation/utils.py, RuleProcessor._evaluate_values_by_regex and _evaluate_requirement",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, q := range x.remote {
				for _, n := range q.list.Items() {
					if _, isText := n.Value.(string); isText {
						continue
					}
					f := finding.Finding{
						At:      n.At,
						Message: fmt.Sprintf("%s: %s of %s lists %s, which is no text: %s", x, q.kind, q.typeOf(), written(n), q.notText(n)),
						Hint:    quoted(written(n)),
					}
					if number, ok := n.Value.(json.Number); ok {
						f.Fix = rewrite("put the number in quotes", n, number.String())
					} else if b, ok := n.Value.(bool); ok {
						f.Hint = map[bool]string{true: `"1"`, false: `"0"`}[b]
					}
					p.Report(f, x.node, n)
				}
			}
		}),
	}
}

// notText says what becomes of a login that meets a value which is no text.
func (q *requirement) notText(n *engine.Node) string {
	switch n.Value.(type) {
	case []*engine.Node, []engine.Member:
		return "the login ends in 400"
	}
	if q.regex {
		return "as an expression it ends the login in 400"
	}
	return "no claim equals it"
}
