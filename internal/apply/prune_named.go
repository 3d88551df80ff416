package apply

import (
	"context"
	"fmt"

	"github.com/fedstone/fedstone/internal/keystone"
)

// pruneDomain looks through a domain for own groups and projects, and at the
// domain itself.
func (p *planner) pruneDomain(ctx context.Context, domain Resource, described map[ref]bool) error {
	groups, err := p.read.List(ctx, Group, domain.ID)
	if err != nil {
		return fmt.Errorf("groups: %w", err)
	}
	projects, err := p.read.List(ctx, Project, domain.ID)
	if err != nil {
		return fmt.Errorf("projects: %w", err)
	}
	own := map[string]ref{} // projects, by id
	for _, one := range projects {
		r := ref{Project, domain.Name, one.Name}
		if p.own(one.Description) {
			own[one.ID] = r
			p.pruneHolder(r, one, described, deleteProjects)
		}
	}
	for _, one := range groups {
		if err := p.pruneGroup(ctx, ref{Group, domain.Name, one.Name}, one, own, described); err != nil {
			return err
		}
	}
	return p.pruneEmpty(ctx, domain, append(groups, projects...), described)
}

func (p *planner) pruneGroup(ctx context.Context, r ref, one Resource, projects map[string]ref, described map[ref]bool) error {
	switch {
	case !p.own(one.Description):
		return nil
	case described[r]:
		return p.pruneRoles(ctx, r, one, projects)
	}
	p.remove(r, one, deleteGroups)
	return nil
}

// remove plans the end of a resource.
func (p *planner) remove(r ref, one Resource, when phase) {
	p.removed[one.ID] = true
	p.add(Change{
		Kind: r.Kind, Object: r.String(), Action: Delete, phase: when,
		do: func(ctx context.Context) error { return p.api.Delete(ctx, r.Kind, one.ID) },
	})
}

// pruneHolder is about what holds things that Keystone knows nothing of. It
// reports whether it will go.
func (p *planner) pruneHolder(r ref, one Resource, described map[ref]bool, when phase) bool {
	switch {
	case described[r]:
		return false
	case one.Enabled:
		p.left(string(r.Kind)+" "+r.String(), "other services may hold things for it",
			fmt.Sprintf("once it is empty: openstack %s set --disable %s, and then apply --prune --prune-disabled", r.Kind, one.ID))
		return false
	case !p.opts.PruneDisabled:
		p.left(string(r.Kind)+" "+r.String(), "it is disabled, and --prune-disabled was not given", "apply --prune --prune-disabled deletes it")
		return false
	}
	p.remove(r, one, when)
	return true
}

// pruneEmpty is about a domain: with it everything goes that lies in it, so it
// stays where anything is that does not go by itself.
func (p *planner) pruneEmpty(ctx context.Context, domain Resource, in []Resource, described map[ref]bool) error {
	r := ref{Domain, "", domain.Name}
	if !p.own(domain.Description) || described[r] {
		return nil
	}
	staying := 0
	for _, one := range in {
		if !p.removed[one.ID] {
			staying++
		}
	}
	users, err := p.read.Users(ctx, domain.ID)
	if err != nil {
		return fmt.Errorf("users: %w", err)
	}
	if staying+users > 0 {
		p.left("domain "+domain.Name, fmt.Sprintf("it holds %d users, and %d groups and projects that stay", users, staying), "openstack domain delete "+domain.ID+" deletes it with all of them")
		return nil
	}
	p.pruneHolder(r, domain, described, deleteDomains)
	return nil
}

// pruneRoles takes from an own group what it was given on own projects and is not
// described. What it has elsewhere somebody else gave it.
func (p *planner) pruneRoles(ctx context.Context, group ref, one Resource, projects map[string]ref) error {
	list, err := p.read.Assignments(ctx, one.ID)
	if err != nil {
		return fmt.Errorf("roles of group %s: %w", group, err)
	}
	for _, has := range list {
		project, own := projects[has.ProjectID]
		if own && !has.Inherited && !p.granted[one.ID+"/"+has.ProjectID+"/"+has.RoleID] {
			p.take(group, project, one.ID, has)
		}
	}
	return nil
}

func (p *planner) take(group, project ref, groupID string, has keystone.GroupAssignment) {
	p.add(Change{
		Kind: RoleAssignment, Action: Delete, phase: takeRoles, Object: assignmentObject(p.roleName(has.RoleID), group, project),
		do: func(ctx context.Context) error { return p.api.Unassign(ctx, groupID, has.ProjectID, has.RoleID) },
	})
}
