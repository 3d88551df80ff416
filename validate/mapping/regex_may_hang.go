package mapping

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func regexMayHang(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "regex-may-hang",
		Severity: finding.Error,
		Title:    "an expression takes Python forever on some values",
		Why: "A repetition of a repetition, such as `(a+)+`, matches one value in very many ways, and Python tries them all before it says that the " +
			"rest does not fit: forty letters take hours. The Keystone process hangs meanwhile, and whoever may choose the claim can hang one process " +
			"with each login.",
		Mend:   "Repeat once: `[a-z]+` for `([a-z]+)+`. With a separator inside, as in `([a-z]+-)+`, there is one way only.",
		Source: "docs.python.org, re; keystone/federation/utils.py, RuleProcessor._evaluate_values_by_regex",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, q := range x.remote {
				for _, n := range q.values() {
					part, ok := doubled(n.Text())
					if !q.regex || !ok {
						continue
					}
					inner := strings.TrimPrefix(part[1:len(part)-2], "?:")
					p.Report(finding.Finding{
						At:      n.At,
						Message: fmt.Sprintf("%s: %s in the expression of %s repeats a repetition: on a long value that does not fit, Keystone hangs", x, quoted(part), q.typeOf()),
						Hint:    quoted(strings.Replace(n.Text(), part, inner, 1)),
					}, x.node, n)
				}
			}
		}),
	}
}
