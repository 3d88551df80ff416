package apply

import (
	"context"

	"github.com/fedstone/fedstone/internal/keystone"
)

// API is what apply asks of a Keystone. Its errors may be judged with
// keystone.IsNotFound and keystone.IsConflict.
type API interface {
	Resources
	Roles
	Federation
}

// Resources are domains, projects and groups: things with a name.
type Resources interface {
	// Find gives those that Keystone's name filter finds, which may ignore case.
	// domainID is empty for domains. None is an empty list, no error.
	Find(ctx context.Context, kind Kind, domainID, name string) ([]Resource, error)
	// List gives every one in a domain, or with an empty domainID every domain.
	List(ctx context.Context, kind Kind, domainID string) ([]Resource, error)
	// Create makes one and gives its id.
	Create(ctx context.Context, kind Kind, domainID, name, description string) (string, error)
	// Describe changes the description.
	Describe(ctx context.Context, kind Kind, id, description string) error
	// Delete deletes one and all that hangs on it.
	Delete(ctx context.Context, kind Kind, id string) error
	// Users counts the users of a domain.
	Users(ctx context.Context, domainID string) (int, error)
	// DomainName gives the name of a domain.
	DomainName(ctx context.Context, id string) (string, error)
}

// Roles are the roles and their assignment to groups on projects.
type Roles interface {
	// RoleIDs gives the id of each role by name: of the global ones with an empty
	// domainID, else of those that are the domain's own.
	RoleIDs(ctx context.Context, domainID string) (map[string]string, error)
	// GroupRoles gives the ids of the roles that a group has on a project.
	GroupRoles(ctx context.Context, groupID, projectID string) ([]string, error)
	// Assign gives a group a role on a project; once more is no error.
	Assign(ctx context.Context, groupID, projectID, roleID string) error
	// Assignments gives all that was assigned to a group, wherever.
	Assignments(ctx context.Context, groupID string) ([]keystone.GroupAssignment, error)
	// Unassign takes a role on a project from a group.
	Unassign(ctx context.Context, groupID, projectID, roleID string) error
}

// Federation is OS-FEDERATION, as package keystone documents it.
type Federation interface {
	IdentityProviders(ctx context.Context) ([]keystone.IdentityProvider, error)
	IdentityProvider(ctx context.Context, id string) (keystone.IdentityProvider, error)
	CreateIdentityProvider(ctx context.Context, p keystone.IdentityProvider) error
	UpdateIdentityProvider(ctx context.Context, id string, u keystone.IdentityProviderUpdate) error
	DeleteIdentityProvider(ctx context.Context, id string) error
	Protocols(ctx context.Context, idp string) ([]keystone.Protocol, error)
	CreateProtocol(ctx context.Context, idp string, p keystone.Protocol) error
	UpdateProtocol(ctx context.Context, idp string, p keystone.Protocol) error
	DeleteProtocol(ctx context.Context, idp, id string) error
	Mappings(ctx context.Context) ([]keystone.Mapping, error)
	Mapping(ctx context.Context, id string) (keystone.Mapping, error)
	CreateMapping(ctx context.Context, m keystone.Mapping) error
	UpdateMapping(ctx context.Context, m keystone.Mapping) error
	DeleteMapping(ctx context.Context, id string) error
}

// Resource is a domain, project or group that Keystone has.
type Resource struct {
	ID          string
	Name        string
	Description string
	Enabled     bool // always true for groups, which cannot be disabled
}
