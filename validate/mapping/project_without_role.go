package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func projectWithoutRole(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "project-without-role",
		Severity: finding.Warning,
		Title:    "a project is given without a role",
		Why: "Keystone makes the project when it is missing and gives the user each role of the list on it. With an empty list the login works and " +
			"the user has no right there: the project does not even show among the user's projects.",
		Mend:   "List at least one role that exists, such as `member`.",
		Source: "keystone/auth/plugins/mapped.py, handle_projects_from_mapping",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, list := range x.withProjects() {
				for _, project := range list.Items() {
					roles := project.Get("roles")
					if roles == nil || len(roles.Items()) > 0 {
						continue
					}
					p.Report(finding.Finding{
						At:      roles.At,
						Message: fmt.Sprintf("%s: project %s is given with no role: the user can do nothing there", x, quoted(project.Get("name").Text())),
						Hint:    `"roles": [{"name": "member"}]`,
					}, x.node)
				}
			}
		}),
	}
}
