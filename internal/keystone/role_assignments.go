package keystone

import (
	"context"
	"net/http"
	"net/url"

	"github.com/gophercloud/gophercloud/v2"
)

// GroupAssignment is a role that a group was given. ProjectID is empty where it
// was given on a domain or the system.
type GroupAssignment struct {
	RoleID, ProjectID string
	Inherited         bool // it counts below the project, not on it (OS-INHERIT)
}

// ListGroupAssignments gives what was assigned to the group itself
// (GET /v3/role_assignments, which gophercloud reads without OS-INHERIT).
func ListGroupAssignments(ctx context.Context, c *gophercloud.ServiceClient, group string) ([]GroupAssignment, error) {
	var answer struct {
		List []struct {
			Role  struct{ ID string }
			Scope struct {
				Project   struct{ ID string }
				Inherited string `json:"OS-INHERIT:inherited_to"`
			}
		} `json:"role_assignments"`
	}
	_, err := c.Get(ctx, c.ServiceURL("role_assignments?group.id="+url.QueryEscape(group)), &answer, &gophercloud.RequestOpts{OkCodes: []int{http.StatusOK}})
	var out []GroupAssignment
	for _, one := range answer.List {
		out = append(out, GroupAssignment{one.Role.ID, one.Scope.Project.ID, one.Scope.Inherited != ""})
	}
	return out, Explain(err)
}
