package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func groupNameLiteral(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "group-name-literal",
		Severity: finding.Error,
		Title:    "a group's name reads as a value of Python",
		Why: "Keystone gives the text of `groups` to Python's `literal_eval`. Before 22.0.1 (Zed) whatever comes out is walked through: `4711` or `None` " +
			"raises a TypeError and the login of each member who has no other group ends in 400; `'staff'` in quotes becomes the groups s, t, a, f. " +
			"Later releases take the name as it is unless it is a list.",
		Mend:   "Rename the group, or give it by a rule of its own with `\"group\": {\"name\": …}`, which is not read so.",
		Source: "keystone/federation/utils.py, RuleProcessor._ast_literal_eval",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			old, sure := older(x.document.release, listsOnly)
			if sure && !old {
				return
			}
			for _, t := range x.texts {
				if !t.at("groups") && !t.at("group_ids") {
					continue
				}
				for from, name := range x.names(t) {
					if !takenApart(name) {
						continue
					}
					f := finding.Finding{
						At:      from.At,
						Message: fmt.Sprintf("%s: group %s is a value of Python, which Keystone before 22.0.1 takes apart: members with no other group do not get it, most get 400", x, quoted(name)),
						Hint:    fmt.Sprintf(`{"group": {"name": %s, "domain": %s}}`, quoted(name), t.domain()),
					}
					if !sure {
						f.Severity = finding.Info
					}
					p.Report(f, x.node, from)
				}
			}
		}),
	}
}
