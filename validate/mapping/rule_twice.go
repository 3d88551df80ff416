package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func ruleTwice(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "rule-twice",
		Severity: finding.Warning,
		Title:    "two rules are the same",
		Why: "Keystone tries both and joins what they give, so the second adds nothing. It is most often a copy that was to be changed: the " +
			"group or condition that it was made for is missing.",
		Mend:   "Change what was to be changed in the copy, or remove it.",
		Source: "keystone/federation/utils.py, RuleProcessor.process",
		Check: r.eachDocument(func(p *rule.Pass, d *document) {
			seen := map[string]*oneRule{}
			for _, x := range d.rules {
				text := written(x.node.Get("remote")) + written(x.node.Get("local"))
				if first := seen[text]; first != nil {
					p.Report(finding.Finding{
						At:      x.node.At,
						Message: fmt.Sprintf("%s is the same as %s and adds nothing", x, first),
						Hint:    "remove it, or change what it was copied for",
						Related: []finding.Related{{Message: "the first one", At: first.node.At}},
					}, x.node)
					continue
				}
				seen[text] = x
			}
		}),
	}
}
