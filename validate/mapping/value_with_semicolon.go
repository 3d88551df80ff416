package mapping

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func valueWithSemicolon(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "value-with-semicolon",
		Severity: finding.Error,
		Title:    "a listed value holds a semicolon, at which Keystone splits claims",
		Why: "Keystone cuts every variable at `;` before it compares: no value that it sees has one. An entry `\"a;b\"` therefore never holds, and " +
			"where it stands in `not_any_of` or `blacklist` it never refuses anybody.",
		Mend:   "List the values one by one. For a user who must have both, write two entries of `any_one_of`.",
		Source: "keystone/federation/utils.py, RuleProcessor.process",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, q := range x.remote {
				for _, n := range q.values() {
					if q.regex || !strings.Contains(n.Text(), ";") {
						continue
					}
					var parts []string
					for part := range strings.SplitSeq(n.Text(), ";") {
						parts = append(parts, quoted(strings.TrimSpace(part)))
					}
					p.Report(finding.Finding{
						At:      n.At,
						Message: fmt.Sprintf("%s: %s of %s lists %s, but Keystone splits claims at the semicolon: no value equals it", x, q.kind, q.typeOf(), quoted(n.Text())),
						Hint:    strings.Join(parts, ", "),
					}, x.node, n)
				}
			}
		}),
	}
}
