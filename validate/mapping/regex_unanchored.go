package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func regexUnanchored(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "regex-unanchored",
		Severity: finding.Warning,
		Title:    "an expression also finds values that only contain what is meant",
		Why: "Keystone uses `re.search`, which finds an expression anywhere: `admin` is found in `not-admin` and in `administration-guests`. Whoever " +
			"may name groups at the issuer gets in with such a name. Of `^a|b$` each end holds for one of the two alone. Expressions that end in a " +
			"separator (`^proj-`, `@example\\.org$`) are taken as they are meant.",
		Mend:   "Begin with `^` and end with `$`, around a group where there are alternatives: `^(a|b)$`. Without wildcards, drop `\"regex\": true` and list the values.",
		Source: "keystone/federation/utils.py, RuleProcessor._evaluate_values_by_regex; docs.python.org, re.search",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, q := range x.of(engine.AnyOneOf, engine.Whitelist) {
				for _, n := range q.values() {
					before, behind := looseEnds(n.Text())
					if !q.regex || !before && !behind || refusal(n.Text(), pythons(p)[0]) != nil {
						continue
					}
					p.Report(finding.Finding{
						At:      n.At,
						Message: fmt.Sprintf("%s: the expression %s of %s is found anywhere in a value: more may stand %s it", x, quoted(n.Text()), q.typeOf(), side(before, behind)),
						Hint:    quoted(anchored(n.Text())),
					}, x.node, n)
				}
			}
		}),
	}
}

func side(before, behind bool) string {
	switch {
	case before && behind:
		return "before and behind"
	case before:
		return "before"
	}
	return "behind"
}

// anchored gives an expression that is found in whole values only.
func anchored(expression string) string {
	flags := expression[:len(expression)-len(withoutFlags(expression))]
	inner := withoutFlags(expression)
	if len(alternatives(inner)) > 1 {
		inner = "(" + inner + ")"
	}
	if inner[0] != '^' {
		inner = "^" + inner
	}
	if inner[len(inner)-1] != '$' {
		inner += "$"
	}
	return flags + inner
}
