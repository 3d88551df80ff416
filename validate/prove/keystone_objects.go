package prove

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
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
	domains := map[string]bool{"default": true}
	list := func() []any { return []any{} }
	idps, protocols, mappings, groups, projects := list(), list(), list(), list(), list()
	for _, p := range o.IdentityProviders {
		if p.Domain == "" {
			p.Domain = p.ID
		}
		domains[p.Domain] = true
		idps = append(idps, map[string]any{"id": p.ID, "enabled": !p.Disabled, "remote_ids": append([]string{}, p.RemoteIDs...), "domain_id": p.Domain})
	}
	for _, p := range o.Protocols {
		m := map[string]any{"idp_id": p.IdentityProvider, "id": p.ID, "mapping_id": p.Mapping}
		if p.RemoteIDAttribute != "" {
			m["remote_id_attribute"] = p.RemoteIDAttribute
		}
		protocols = append(protocols, m)
	}
	for id, text := range o.Mappings {
		m, err := mappingOf(id, text)
		if err != nil {
			return nil, err
		}
		mappings = append(mappings, m)
	}
	for _, g := range o.Groups {
		domains[g.Domain] = true
		groups = append(groups, map[string]any{"id": g.ID, "name": g.Name, "domain_id": g.Domain})
	}
	for _, p := range o.Projects {
		domains[p.Domain] = true
		projects = append(projects, map[string]any{"id": p.ID, "name": p.Name, "domain_id": p.Domain})
	}
	names := list()
	for name := range domains {
		names = append(names, name)
	}
	return map[string]any{"domains": names, "roles": append([]string{}, o.Roles...), "identity_providers": idps, "protocols": protocols,
		"mappings": mappings, "groups": groups, "projects": projects}, nil
}

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
