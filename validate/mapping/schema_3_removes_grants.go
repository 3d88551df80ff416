package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func schema3RemovesGrants(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "schema-3-removes-grants",
		Severity: finding.Info,
		Title:    "under schema 3.0 a login takes away every role that the mapping does not give",
		Why: "Schema 3.0 keeps a user's roles on projects in step with the issuer: roles on a listed project that the mapping does not give, and all " +
			"roles on other projects, are revoked at each login. Roles that an administrator has given by hand are gone without a word.",
		Mend:   "Give all roles of federated users by the mapping, or through groups, which are left alone. Schemas 1.0 and 2.0 never take away.",
		Source: "keystone/auth/plugins/mapped.py, should_sync_project_assignment_with_idp",
		Check: r.eachDocument(func(p *rule.Pass, d *document) {
			if d.schema != "3.0" {
				return
			}
			for _, x := range d.rules {
				for _, item := range x.local {
					for _, m := range members(item) {
						if m.Key == "projects" || m.Key == "projects_json" {
							p.Report(finding.Finding{
								At:      m.KeyAt,
								Message: fmt.Sprintf("%s gives projects under schema 3.0: each login revokes the user's roles on projects that are not given here", x),
								Hint:    "openstack role assignment list --user USER --names, before the first login",
							}, d)
							return
						}
					}
				}
			}
		}),
	}
}
