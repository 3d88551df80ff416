package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func groupNameFromList(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "group-name-from-list",
		Severity: finding.Warning,
		Title:    "one group or project is named by a claim of several values",
		Why: "`group` is a single group. Of a claim with several values Python writes the whole list into its name, `['red', 'blue']`, and " +
			"Keystone passes over a group that it does not know: the login works, and the rights are missing. Of a project, one with that name is made. " +
			"It works in the test, where the user has one group.",
		Mend:   "Take `groups`, which is made for lists, with `domain` beside it.",
		Source: "keystone/federation/utils.py, DirectMaps.__getitem__ and transform_to_group_ids",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, t := range x.texts {
				if !t.at("group", "name") && !t.at("projects", "name") && !t.at("group", "id") {
					continue
				}
				for _, q := range x.sources(t) {
					if !listed(q.typeOf()) {
						continue
					}
					p.Report(finding.Finding{
						At:      t.node.At,
						Message: fmt.Sprintf("%s: one %s is named by %s, a list: of several values the name is the list's text, which nothing is called", x, t.thing(), q.typeOf()),
						Hint:    fmt.Sprintf(`{"groups": "{%d}", "domain": {"name": "Default"}}`, q.number),
						Related: []finding.Related{{Message: "the claim", At: q.node.At}},
					}, x.node, t.node, q.node)
				}
			}
		}),
	}
}

func (t *text) thing() string {
	if t.path[0] == "projects" {
		return "project"
	}
	return "group"
}
