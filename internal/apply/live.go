package apply

import (
	"context"
	"fmt"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/domains"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/groups"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/projects"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/roles"
	"github.com/gophercloud/gophercloud/v2/pagination"

	"github.com/fedstone/fedstone/internal/keystone"
)

// Live is the API of a real Keystone.
func Live(client *gophercloud.ServiceClient) API { return live{client} }

type live struct{ client *gophercloud.ServiceClient }

// all reads every page of a list.
func all[T any](ctx context.Context, pager pagination.Pager, extract func(pagination.Page) ([]T, error)) ([]T, error) {
	pages, err := pager.AllPages(ctx)
	if err != nil {
		return nil, keystone.Explain(err)
	}
	return extract(pages)
}

// Find asks by name. Of a group Keystone tells no state: it counts as enabled.
func (l live) Find(ctx context.Context, kind Kind, domainID, name string) ([]Resource, error) {
	switch kind {
	case Domain:
		found, err := all(ctx, domains.List(l.client, domains.ListOpts{Name: name}), domains.ExtractDomains)
		return collect(found, func(d domains.Domain) Resource { return Resource{d.ID, d.Name, d.Enabled} }), err
	case Project:
		found, err := all(ctx, projects.List(l.client, projects.ListOpts{DomainID: domainID, Name: name}), projects.ExtractProjects)
		return collect(found, func(p projects.Project) Resource { return Resource{p.ID, p.Name, p.Enabled} }), err
	case Group:
		found, err := all(ctx, groups.List(l.client, groups.ListOpts{DomainID: domainID, Name: name}), groups.ExtractGroups)
		return collect(found, func(g groups.Group) Resource { return Resource{g.ID, g.Name, true} }), err
	}
	return nil, fmt.Errorf("a %s has no name to be found by", kind)
}

func collect[T any](list []T, resource func(T) Resource) []Resource {
	var out []Resource
	for _, item := range list {
		out = append(out, resource(item))
	}
	return out
}

// Create makes a thing with a name; its description says by whom.
func (l live) Create(ctx context.Context, kind Kind, domainID, name string) (string, error) {
	const made = "made by fedstone"
	switch kind {
	case Domain:
		d, err := domains.Create(ctx, l.client, domains.CreateOpts{Name: name, Description: made}).Extract()
		return id(d, func(d *domains.Domain) string { return d.ID }), keystone.Explain(err)
	case Project:
		p, err := projects.Create(ctx, l.client, projects.CreateOpts{DomainID: domainID, Name: name, Description: made}).Extract()
		return id(p, func(p *projects.Project) string { return p.ID }), keystone.Explain(err)
	case Group:
		g, err := groups.Create(ctx, l.client, groups.CreateOpts{DomainID: domainID, Name: name, Description: made}).Extract()
		return id(g, func(g *groups.Group) string { return g.ID }), keystone.Explain(err)
	}
	return "", fmt.Errorf("a %s is not made by name", kind)
}

// id is empty where an error left nothing.
func id[T any](made *T, of func(*T) string) string {
	if made == nil {
		return ""
	}
	return of(made)
}

// DomainName reads a domain by its id.
func (l live) DomainName(ctx context.Context, id string) (string, error) {
	d, err := domains.Get(ctx, l.client, id).Extract()
	if err != nil {
		return "", keystone.Explain(err)
	}
	return d.Name, nil
}

// RoleIDs leaves out a domain's own roles: they cannot be assigned.
func (l live) RoleIDs(ctx context.Context) (map[string]string, error) {
	found, err := all(ctx, roles.List(l.client, roles.ListOpts{}), roles.ExtractRoles)
	ids := map[string]string{}
	for _, r := range found {
		if r.DomainID == "" {
			ids[r.Name] = r.ID
		}
	}
	return ids, err
}

// GroupRoles lists what is assigned to the group itself, nothing inherited.
func (l live) GroupRoles(ctx context.Context, groupID, projectID string) ([]string, error) {
	opts := roles.ListAssignmentsOnResourceOpts{GroupID: groupID, ProjectID: projectID}
	found, err := all(ctx, roles.ListAssignmentsOnResource(l.client, opts), roles.ExtractRoles)
	var ids []string
	for _, r := range found {
		ids = append(ids, r.ID)
	}
	return ids, err
}

// Assign is a PUT: a role that the group has already is no error.
func (l live) Assign(ctx context.Context, groupID, projectID, roleID string) error {
	return keystone.Explain(roles.Assign(ctx, l.client, roleID, roles.AssignOpts{GroupID: groupID, ProjectID: projectID}).ExtractErr())
}
