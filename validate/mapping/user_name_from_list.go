package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func userNameFromList(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "user-name-from-list",
		Severity: finding.Warning,
		Title:    "the user is named by a claim that has several values",
		Why: "Of several values Python writes the list into the text: the user is called `['staff', 'students']`, is another one as soon as a " +
			"group comes or goes, and is one with everybody who has the same groups. With a single value two people of one group are one user of Keystone.",
		Mend:   "Name the user by a claim that is the person's own: `sub` for the id, `preferred_username` for the name.",
		Source: "keystone/federation/utils.py, DirectMaps.__getitem__",
		After:  []string{"filtered-claim-as-user"},
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, t := range x.texts {
				for _, q := range x.sources(t) {
					if !t.inUser() || !listed(q.typeOf()) {
						continue
					}
					p.Report(finding.Finding{
						At:      t.node.At,
						Message: fmt.Sprintf("%s: the user's %s is %s, a list: people with the same values are one user, and the user changes with them", x, t.path[1], q.typeOf()),
						Hint:    `{"type": "OIDC-preferred_username"}`,
						Related: []finding.Related{{Message: "the claim", At: q.node.At}},
					}, x.node, t.node, q.node)
				}
			}
		}),
	}
}
