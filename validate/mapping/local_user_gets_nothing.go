package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func localUserGetsNothing(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "local-user-gets-nothing",
		Severity: finding.Warning,
		Title:    "groups or projects are given to a local user, who does not get them",
		Why: "A user of type `local` is one of Keystone's own and has the roles that Keystone knows. What the mapping gives besides is passed over " +
			"without a word, except that a group id that does not exist still ends the login in 500.",
		Mend:   "Give the roles to the local user in Keystone, or drop `\"type\": \"local\"`.",
		Source: "keystone/auth/plugins/mapped.py, handle_unscoped_token",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			if !x.localUser() {
				return
			}
			for _, item := range x.local {
				for _, key := range []string{"group", "groups", "group_ids", "projects", "projects_json"} {
					if given := item.Get(key); given != nil {
						p.Report(finding.Finding{
							At:      given.At,
							Message: fmt.Sprintf("%s names a local user, who does not get the %s that it gives", x, key),
							Hint:    "openstack role add --user NAME --user-domain DOMAIN --project PROJECT member",
							Related: []finding.Related{{Message: "the local user", At: x.user().At}},
						}, x.node)
					}
				}
			}
		}),
	}
}
