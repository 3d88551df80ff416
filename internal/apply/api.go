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
	// Create makes one and gives its id.
	Create(ctx context.Context, kind Kind, domainID, name string) (string, error)
	// DomainName gives the name of a domain.
	DomainName(ctx context.Context, id string) (string, error)
}

// Roles are the global roles and their assignment to groups on projects.
type Roles interface {
	// RoleIDs gives the id of each global role by name.
	RoleIDs(ctx context.Context) (map[string]string, error)
	// GroupRoles gives the ids of the roles that a group has on a project.
	GroupRoles(ctx context.Context, groupID, projectID string) ([]string, error)
	// Assign gives a group a role on a project; once more is no error.
	Assign(ctx context.Context, groupID, projectID, roleID string) error
}

// Federation is OS-FEDERATION, as package keystone documents it.
type Federation interface {
	IdentityProviders(ctx context.Context) ([]keystone.IdentityProvider, error)
	IdentityProvider(ctx context.Context, id string) (keystone.IdentityProvider, error)
	CreateIdentityProvider(ctx context.Context, p keystone.IdentityProvider) error
	UpdateIdentityProvider(ctx context.Context, id string, u keystone.IdentityProviderUpdate) error
	Protocols(ctx context.Context, idp string) ([]keystone.Protocol, error)
	CreateProtocol(ctx context.Context, idp string, p keystone.Protocol) error
	UpdateProtocol(ctx context.Context, idp string, p keystone.Protocol) error
	Mapping(ctx context.Context, id string) (keystone.Mapping, error)
	CreateMapping(ctx context.Context, m keystone.Mapping) error
	UpdateMapping(ctx context.Context, m keystone.Mapping) error
}

// Resource is a domain, project or group that Keystone has.
type Resource struct {
	ID      string
	Name    string
	Enabled bool // always true for groups, which cannot be disabled
}
