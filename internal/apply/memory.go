package apply

import (
	"context"
	"strings"
	"sync"

	"github.com/fedstone/fedstone/internal/keystone"
)

// memory asks a Keystone each question of a plan once, and may be asked by several
// goroutines. That a thing is not there is an answer too; other errors are not
// kept. The steps of a plan never use it: they must see what others do meanwhile.
type memory struct {
	API
	answers sync.Map // of the question, as text
}

// reply is an answer, or that there is no such thing.
type reply struct {
	answer any
	err    error
}

func remembered[T any](m *memory, ask func() (T, error), question ...string) (T, error) {
	key := strings.Join(question, "\x00")
	if known, ok := m.answers.Load(key); ok {
		return known.(reply).answer.(T), known.(reply).err
	}
	answer, err := ask()
	if err == nil || keystone.IsNotFound(err) {
		m.answers.Store(key, reply{answer, err})
	}
	return answer, err
}

// Find remembers.
func (m *memory) Find(ctx context.Context, kind Kind, domainID, name string) ([]Resource, error) {
	return remembered(m, func() ([]Resource, error) { return m.API.Find(ctx, kind, domainID, name) }, "find", string(kind), domainID, name)
}

// List remembers.
func (m *memory) List(ctx context.Context, kind Kind, domainID string) ([]Resource, error) {
	return remembered(m, func() ([]Resource, error) { return m.API.List(ctx, kind, domainID) }, "list", string(kind), domainID)
}

// DomainName remembers.
func (m *memory) DomainName(ctx context.Context, id string) (string, error) {
	return remembered(m, func() (string, error) { return m.API.DomainName(ctx, id) }, "domain", id)
}

// RoleIDs remembers.
func (m *memory) RoleIDs(ctx context.Context, domainID string) (map[string]string, error) {
	return remembered(m, func() (map[string]string, error) { return m.API.RoleIDs(ctx, domainID) }, "roles", domainID)
}

// GroupRoles remembers.
func (m *memory) GroupRoles(ctx context.Context, groupID, projectID string) ([]string, error) {
	return remembered(m, func() ([]string, error) { return m.API.GroupRoles(ctx, groupID, projectID) }, "group roles", groupID, projectID)
}

// Assignments remembers.
func (m *memory) Assignments(ctx context.Context, groupID string) ([]keystone.GroupAssignment, error) {
	return remembered(m, func() ([]keystone.GroupAssignment, error) { return m.API.Assignments(ctx, groupID) }, "assignments", groupID)
}

// Protocols remembers.
func (m *memory) Protocols(ctx context.Context, idp string) ([]keystone.Protocol, error) {
	return remembered(m, func() ([]keystone.Protocol, error) { return m.API.Protocols(ctx, idp) }, "protocols", idp)
}

// Mappings remembers the list, and each of its mappings.
func (m *memory) Mappings(ctx context.Context) ([]keystone.Mapping, error) {
	return remembered(m, func() ([]keystone.Mapping, error) {
		list, err := m.API.Mappings(ctx)
		for _, one := range list {
			m.answers.Store("mapping\x00"+one.ID, reply{one, nil})
		}
		return list, err
	}, "mappings")
}

// Mapping remembers. One that the list did not have is asked for: Keystone may
// have been told to cut lists (list_limit).
func (m *memory) Mapping(ctx context.Context, id string) (keystone.Mapping, error) {
	return remembered(m, func() (keystone.Mapping, error) { return m.API.Mapping(ctx, id) }, "mapping", id)
}
