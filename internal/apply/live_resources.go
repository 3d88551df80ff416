package apply

import (
	"context"
	"fmt"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/domains"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/groups"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/projects"

	"github.com/fedstone/fedstone/internal/keystone"
)

// handler is how one kind of named thing is asked for with gophercloud.
type handler struct {
	list     func(ctx context.Context, c *gophercloud.ServiceClient, domainID, name string) ([]Resource, error)
	create   func(ctx context.Context, c *gophercloud.ServiceClient, domainID, name, description string) (string, error)
	describe func(ctx context.Context, c *gophercloud.ServiceClient, id, description string) error
	remove   func(ctx context.Context, c *gophercloud.ServiceClient, id string) error
}

func handlers() map[Kind]handler {
	return map[Kind]handler{
		Domain:  {listDomains, createDomain, describeDomain, deleteDomain},
		Project: {listProjects, createProject, describeProject, deleteProject},
		Group:   {listGroups, createGroup, describeGroup, deleteGroup},
	}
}

func handlerOf(kind Kind) (handler, error) {
	if h, known := handlers()[kind]; known {
		return h, nil
	}
	return handler{}, fmt.Errorf("a %s has no name to be found by", kind)
}

// Find asks by name. Of a group Keystone tells no state: it counts as enabled.
func (l live) Find(ctx context.Context, kind Kind, domainID, name string) ([]Resource, error) {
	h, err := handlerOf(kind)
	if err != nil {
		return nil, err
	}
	return h.list(ctx, l.client, domainID, name)
}

// List is Find of any name.
func (l live) List(ctx context.Context, kind Kind, domainID string) ([]Resource, error) {
	return l.Find(ctx, kind, domainID, "")
}

// Create makes a thing with a name.
func (l live) Create(ctx context.Context, kind Kind, domainID, name, description string) (string, error) {
	h, err := handlerOf(kind)
	if err != nil {
		return "", err
	}
	id, err := h.create(ctx, l.client, domainID, name, description)
	return id, keystone.Explain(err)
}

// Describe changes nothing but the description.
func (l live) Describe(ctx context.Context, kind Kind, id, description string) error {
	h, err := handlerOf(kind)
	if err != nil {
		return err
	}
	return keystone.Explain(h.describe(ctx, l.client, id, description))
}

// Delete of what is not there is keystone.IsNotFound; of a domain that is
// enabled Keystone answers 403.
func (l live) Delete(ctx context.Context, kind Kind, id string) error {
	h, err := handlerOf(kind)
	if err != nil {
		return err
	}
	return keystone.Explain(h.remove(ctx, l.client, id))
}

func collect[T any](list []T, resource func(T) Resource) []Resource {
	var out []Resource
	for _, item := range list {
		out = append(out, resource(item))
	}
	return out
}

func listDomains(ctx context.Context, c *gophercloud.ServiceClient, _, name string) ([]Resource, error) {
	found, err := all(ctx, domains.List(c, domains.ListOpts{Name: name}), domains.ExtractDomains)
	return collect(found, func(d domains.Domain) Resource { return Resource{d.ID, d.Name, d.Description, d.Enabled} }), err
}

func createDomain(ctx context.Context, c *gophercloud.ServiceClient, _, name, description string) (string, error) {
	d, err := domains.Create(ctx, c, domains.CreateOpts{Name: name, Description: description}).Extract()
	if err != nil {
		return "", err
	}
	return d.ID, nil
}

func describeDomain(ctx context.Context, c *gophercloud.ServiceClient, id, description string) error {
	return domains.Update(ctx, c, id, domains.UpdateOpts{Description: &description}).Err
}

func deleteDomain(ctx context.Context, c *gophercloud.ServiceClient, id string) error {
	return domains.Delete(ctx, c, id).Err
}

func listProjects(ctx context.Context, c *gophercloud.ServiceClient, domainID, name string) ([]Resource, error) {
	found, err := all(ctx, projects.List(c, projects.ListOpts{DomainID: domainID, Name: name}), projects.ExtractProjects)
	return collect(found, func(p projects.Project) Resource { return Resource{p.ID, p.Name, p.Description, p.Enabled} }), err
}

func createProject(ctx context.Context, c *gophercloud.ServiceClient, domainID, name, description string) (string, error) {
	p, err := projects.Create(ctx, c, projects.CreateOpts{DomainID: domainID, Name: name, Description: description}).Extract()
	if err != nil {
		return "", err
	}
	return p.ID, nil
}

func describeProject(ctx context.Context, c *gophercloud.ServiceClient, id, description string) error {
	return projects.Update(ctx, c, id, projects.UpdateOpts{Description: &description}).Err
}

func deleteProject(ctx context.Context, c *gophercloud.ServiceClient, id string) error {
	return projects.Delete(ctx, c, id).Err
}

func listGroups(ctx context.Context, c *gophercloud.ServiceClient, domainID, name string) ([]Resource, error) {
	found, err := all(ctx, groups.List(c, groups.ListOpts{DomainID: domainID, Name: name}), groups.ExtractGroups)
	return collect(found, func(g groups.Group) Resource { return Resource{g.ID, g.Name, g.Description, true} }), err
}

func createGroup(ctx context.Context, c *gophercloud.ServiceClient, domainID, name, description string) (string, error) {
	g, err := groups.Create(ctx, c, groups.CreateOpts{DomainID: domainID, Name: name, Description: description}).Extract()
	if err != nil {
		return "", err
	}
	return g.ID, nil
}

func describeGroup(ctx context.Context, c *gophercloud.ServiceClient, id, description string) error {
	return groups.Update(ctx, c, id, groups.UpdateOpts{Description: &description}).Err
}

func deleteGroup(ctx context.Context, c *gophercloud.ServiceClient, id string) error {
	return groups.Delete(ctx, c, id).Err
}
