package apply

import (
	"context"
	"strings"

	"github.com/fedstone/fedstone/internal/spec"
)

// checkProjects looks at the projects that rules name. Keystone makes those that
// are missing, at a person's login; it looks for them, and makes them, in the
// domain of the identity provider (schema 1.0: keystone/auth/plugins/mapped.py,
// create_projects_from_mapping), whatever domain stands beside the project.
func (p *planner) checkProjects(ctx context.Context, idp spec.IdentityProvider) error {
	for _, rule := range idp.Rules {
		for _, grant := range rule.Projects {
			r := ref{Project, idp.Domain.Value, grant.Project.Value}
			if _, planned := p.ids.look(r); planned || strings.ContainsAny(r.Name, "{}") {
				continue
			}
			found, err := p.lookUp(ctx, r)
			if err != nil {
				return err
			}
			for _, one := range found {
				p.judge(r, one, grant.Project)
			}
		}
	}
	return nil
}
