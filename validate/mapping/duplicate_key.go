package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func duplicateKey(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "duplicate-key",
		Severity: finding.Error,
		Title:    "a key stands twice in one object, and only the last counts",
		Why: "JSON lets a key stand twice, and Python keeps the last value without a word: the first one, a condition or a whole list of rules, is " +
			"gone before Keystone sees the mapping.",
		Mend:   "Remove one, or put both values into one list.",
		Source: "RFC 8259, section 4; docs.python.org, json",
		Check: func(p *rule.Pass) {
			for _, m := range p.Mappings {
				for _, twice := range duplicates(m.Path, p.Raw(m.Path)) {
					p.Report(finding.Finding{
						At:      twice.first,
						Message: fmt.Sprintf("%q stands twice in this object: the value of the later one counts, this one is dropped", twice.key),
						Hint:    "remove one of the two",
						Related: []finding.Related{{Message: "this one counts", At: twice.last}},
					}, m)
				}
			}
		},
	}
}
