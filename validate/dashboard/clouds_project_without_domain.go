package dashboard

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func cloudsProjectWithoutDomain() rule.Rule {
	return rule.Rule{
		Slug:     "clouds-project-without-domain",
		Severity: finding.Error,
		Title:    "a project is named without its domain",
		Why:      "A project's name is unique in its domain alone, so that Keystone needs both. With `project_name` and neither `project_domain_name` nor `project_domain_id` the login ends in 400 or 401.",
		Mend:     "Add the domain of the project, which need not be the users'.",
		Source:   "Keystone, keystone/auth/schema.py; keystoneauth, keystoneauth1/identity/v3/base.py",
		Check: func(p *rule.Pass) {
			eachFederated(p, func(c cloud) {
				name := c.Auth["project_name"]
				if !name.Set() || c.Profile.Set() {
					return
				}
				for _, other := range []string{"project_domain_name", "project_domain_id", "default_domain_id", "default_domain_name", "domain_name", "domain_id", "project_id"} {
					if c.Auth[other].Set() {
						return
					}
				}
				for _, other := range []string{"project_domain_name", "project_domain_id", "default_domain", "default_domain_id", "default_domain_name"} {
					if c.Extra[other].Set() {
						return
					}
				}
				p.Report(finding.Finding{
					At:      name.At,
					Message: fmt.Sprintf("cloud %s names the project %s without its domain", c.Name, name.Text),
					Hint:    "project_domain_name: DOMAIN",
				}, name.At)
			})
		},
	}
}
