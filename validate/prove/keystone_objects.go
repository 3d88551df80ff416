package prove

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
)

// Objects are what Keystone's database has. Of the zero value the fixture's mapping.json makes the mapping "mapping",
// with the identity provider op1 (remote id https://op1.example.org, domain op1) and its protocol openid. The domains
// that others name, and Default, are there always.
type Objects struct {
	IdentityProviders []IdentityProvider
	Protocols         []Protocol
	Mappings          map[string]json.RawMessage // as Keystone's API takes them: {"rules": […]}; a bare list is the rules
	Groups, Projects  []Named
	Roles             []string // ids, which are the names, too
	Assignments       []Assignment
}

// IdentityProvider is Keystone's; Domain is its id and name, op1 for IdentityProvider{ID: "op1"}.
type IdentityProvider struct {
	ID, Domain string
	RemoteIDs  []string
	Disabled   bool
}

// Protocol of an identity provider; RemoteIDAttribute may be empty.
type Protocol struct {
	IdentityProvider, ID, Mapping, RemoteIDAttribute string
}

// Assignment gives a group a role in a project, all by their ids.
type Assignment struct{ Role, Group, Project string }

// Named is a group or a project of a domain.
type Named struct{ ID, Name, Domain string }

// orUsual gives the usual objects for the zero value.
func (o Objects) orUsual(fixture string) Objects {
	if !reflect.ValueOf(o).IsZero() {
		return o
	}
	o.IdentityProviders = []IdentityProvider{{ID: "op1", RemoteIDs: []string{"https://op1.example.org"}}}
	if text, err := os.ReadFile(filepath.Join(fixture, "mapping.json")); err == nil {
		o.Mappings = map[string]json.RawMessage{"mapping": text}
		o.Protocols = []Protocol{{IdentityProvider: "op1", ID: "openid", Mapping: "mapping"}}
	}
	return o
}

// wire is what the program in Python makes them of.
func (o Objects) wire() (map[string]any, error) {
	mappings := []any{}
	for id, text := range o.Mappings {
		m, err := mappingOf(id, text)
		if err != nil {
			return nil, err
		}
		mappings = append(mappings, m)
	}
	return map[string]any{"domains": o.domains(), "roles": append([]string{}, o.Roles...), "mappings": mappings, "identity_providers": each(o.IdentityProviders, IdentityProvider.wire),
		"protocols": each(o.Protocols, Protocol.wire), "groups": each(o.Groups, Named.wire), "projects": each(o.Projects, Named.wire),
		"assignments": each(o.Assignments, Assignment.wire)}, nil
}

func each[T any](all []T, wire func(T) map[string]any) []any {
	out := []any{}
	for _, v := range all {
		out = append(out, wire(v))
	}
	return out
}

// domains are all that are named.
func (o Objects) domains() []string {
	all := []string{"default"}
	for _, p := range o.IdentityProviders {
		all = append(all, cmp.Or(p.Domain, p.ID))
	}
	for _, n := range slices.Concat(o.Groups, o.Projects) {
		all = append(all, n.Domain)
	}
	return unique(all)
}

func (p IdentityProvider) wire() map[string]any {
	return map[string]any{"id": p.ID, "enabled": !p.Disabled, "remote_ids": append([]string{}, p.RemoteIDs...), "domain_id": cmp.Or(p.Domain, p.ID)}
}

func (p Protocol) wire() map[string]any {
	m := map[string]any{"idp_id": p.IdentityProvider, "id": p.ID, "mapping_id": p.Mapping}
	if p.RemoteIDAttribute != "" {
		m["remote_id_attribute"] = p.RemoteIDAttribute
	}
	return m
}

func (n Named) wire() map[string]any {
	return map[string]any{"id": n.ID, "name": n.Name, "domain_id": n.Domain}
}

func (a Assignment) wire() map[string]any {
	return map[string]any{"role": a.Role, "group": a.Group, "project": a.Project}
}

// mappingOf reads a mapping's JSON and gives it an id.
func mappingOf(id string, text []byte) (map[string]any, error) {
	var m any
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, fmt.Errorf("mapping %s: %w", id, err)
	}
	if rules, ok := m.([]any); ok {
		m = map[string]any{"rules": rules}
	}
	object, ok := m.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("mapping %s: neither an object nor a list of rules", id)
	}
	object["id"] = id
	return object, nil
}
