package mapping

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func regexFlagMissing(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "regex-flag-missing",
		Severity: finding.Warning,
		Title:    "a listed value looks like an expression, and is compared letter by letter",
		Why: "Lists hold plain values unless the entry says `\"regex\": true`. A value such as `^cloud-.*$` is then compared as it stands, which no " +
			"claim equals: the rule holds for nobody, a `whitelist` lets nothing through, and `not_any_of` and `blacklist` refuse nobody. A `*` alone is " +
			"no wildcard in either way.",
		Mend:   "Add `\"regex\": true` to the entry. All of its values are then expressions, plain ones too.",
		Source: "keystone/federation/utils.py, RuleProcessor._evaluate_requirement",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, q := range x.remote {
				if q.list == nil || q.regex {
					continue
				}
				for _, n := range q.values() {
					if !expressive(n.Text()) {
						continue
					}
					p.Report(finding.Finding{
						At:      n.At,
						Message: fmt.Sprintf("%s: %s looks like an expression, but the entry of %s has no \"regex\": true: it is compared letter by letter", x, quoted(n.Text()), q.typeOf()),
						Hint:    fmt.Sprintf(`%q: %s, "regex": true`, string(q.kind), written(q.list)),
						Fix:     q.asExpressions(p),
					}, x.node, n)
					break
				}
			}
		}),
	}
}

// expressive reports whether a value is hardly what a claim says.
func expressive(value string) bool {
	for _, sign := range []string{".*", ".+", `\.`, `\d`, `\w`, "[a-z", "[^", "*"} {
		if strings.Contains(value, sign) {
			return true
		}
	}
	return len(value) > 2 && (value[0] == '^' || value[len(value)-1] == '$')
}

// asExpressions is the fix, where every value of the list is an expression that
// Python takes, and none is found in more than it seems to.
func (q *requirement) asExpressions(p *rule.Pass) *finding.Fix {
	if q.node.Get("regex") != nil || len(q.values()) < len(q.list.Items()) {
		return nil
	}
	for _, n := range q.values() {
		before, behind := looseEnds(n.Text())
		keeps := q.kind == engine.AnyOneOf || q.kind == engine.Whitelist
		if !expressive(n.Text()) || keeps && (before || behind) || bareStar(n.Text()) {
			return nil
		}
		for _, v := range pythons(p) {
			if refusal(n.Text(), v) != nil {
				return nil
			}
		}
	}
	end := q.list.At
	end.Start = end.End
	return &finding.Fix{Title: `add "regex": true`, Edits: []finding.Edit{{At: end, Text: `, "regex": true`}}}
}

// bareStar reports whether a star stands where somebody meant a wildcard: behind a
// letter or a separator.
func bareStar(value string) bool {
	i := strings.IndexByte(value, '*')
	return i == 0 || i > 0 && strings.IndexByte(".])", value[i-1]) < 0
}
