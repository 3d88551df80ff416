package apply

import (
	"cmp"
	"context"
	"errors"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/domains"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/roles"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/users"
	"github.com/gophercloud/gophercloud/v2/pagination"

	"github.com/fedstone/fedstone/internal/keystone"
)

// Live is the API of a real Keystone. It may be used by several goroutines.
func Live(client *gophercloud.ServiceClient) API { return live{client} }

type live struct{ client *gophercloud.ServiceClient }

// all reads every page of a list. Beside errCut it gives what there was.
func all[T any](ctx context.Context, pager pagination.Pager, extract func(pagination.Page) ([]T, error)) (list []T, err error) {
	err = pager.EachPage(ctx, func(_ context.Context, page pagination.Page) (bool, error) {
		some, err := extract(page)
		list = append(list, some...)
		return true, cmp.Or(err, whole(page))
	})
	return list, keystone.Explain(err)
}

// errCut is about a list that Keystone cut: what is not in it is not missing.
var errCut = errors.New("this Keystone cuts lists, and so this one is not whole; raise list_limit in its keystone.conf, in [DEFAULT] and in other sections, or take it out")

// whole tells a list that ends before its end: "truncated" stands in the answer
// (keystone/server/flask/common.py, wrap_collection), and no next page.
func whole(page pagination.Page) error {
	body, _ := page.GetBody().(map[string]any)
	next, err := page.NextPageURL()
	if body["truncated"] == true && next == "" {
		err = cmp.Or(err, errCut)
	}
	return err
}

// DomainName reads a domain by its id.
func (l live) DomainName(ctx context.Context, id string) (string, error) {
	d, err := domains.Get(ctx, l.client, id).Extract()
	if err != nil {
		return "", keystone.Explain(err)
	}
	return d.Name, nil
}

// Users counts local and federated users, as far as Keystone shows them.
func (l live) Users(ctx context.Context, domainID string) (int, error) {
	found, err := all(ctx, users.List(l.client, users.ListOpts{DomainID: domainID}), users.ExtractUsers)
	if errors.Is(err, errCut) {
		err = nil
	}
	return len(found), err
}

// RoleIDs asks Keystone, which gives a domain's own roles only where it is named.
func (l live) RoleIDs(ctx context.Context, domainID string) (map[string]string, error) {
	found, err := all(ctx, roles.List(l.client, roles.ListOpts{DomainID: domainID}), roles.ExtractRoles)
	ids := map[string]string{}
	for _, r := range found {
		if r.DomainID == domainID {
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

// Assignments lists those on projects, domains and the system.
func (l live) Assignments(ctx context.Context, groupID string) ([]keystone.GroupAssignment, error) {
	return keystone.ListGroupAssignments(ctx, l.client, groupID)
}

// Unassign of what is not assigned is keystone.IsNotFound.
func (l live) Unassign(ctx context.Context, groupID, projectID, roleID string) error {
	return keystone.Explain(roles.Unassign(ctx, l.client, roleID, roles.UnassignOpts{GroupID: groupID, ProjectID: projectID}).ExtractErr())
}
