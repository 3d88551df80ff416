package apply

import (
	"context"
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/spec"
)

// groups plans the groups of an identity provider, the projects they work in, and
// their roles there; all in the provider's domain.
func (p *planner) groups(ctx context.Context, idp spec.IdentityProvider) error {
	domain := idp.Domain.Value
	for _, g := range idp.Groups {
		group := ref{Group, domain, g.Name.Value}
		if err := p.resource(ctx, group, g.Name); err != nil {
			return err
		}
		for _, grant := range g.Grants {
			project := ref{Project, domain, grant.Project.Value}
			if err := p.resource(ctx, project, grant.Project); err != nil {
				return err
			}
			if err := p.assignments(ctx, group, project, grant.Roles); err != nil {
				return err
			}
		}
	}
	return nil
}

// assignments plans the roles of a group on a project.
func (p *planner) assignments(ctx context.Context, group, project ref, roles []spec.Text) error {
	var has []string
	groupID, projectID := p.ids.of(group), p.ids.of(project)
	if groupID != "" && projectID != "" {
		var err error
		if has, err = p.read.GroupRoles(ctx, groupID, projectID); err != nil {
			return fmt.Errorf("roles of group %s on project %s: %w", group, project, err)
		}
	}
	for _, role := range roles {
		id, known, err := p.role(ctx, group.Domain, role)
		if err != nil {
			return err
		}
		if known {
			p.granted[groupID+"/"+projectID+"/"+id] = true
			p.assignment(group, project, role.Value, id, slices.Contains(has, id))
		}
	}
	return nil
}

func (p *planner) assignment(group, project ref, role, roleID string, has bool) {
	change := Change{
		Kind: RoleAssignment, Action: None, phase: assignRoles,
		Object: assignmentObject(role, group, project),
	}
	if !has {
		change.Action = Create
		change.do = func(ctx context.Context) error {
			return p.api.Assign(ctx, p.ids.of(group), p.ids.of(project), roleID)
		}
	}
	p.add(change)
}

func assignmentObject(role string, group, project ref) string {
	return fmt.Sprintf("%s for group %s on project %s", role, group, project)
}
