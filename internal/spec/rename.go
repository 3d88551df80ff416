package spec

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
)

// RenameClient gives a description in which a client of an identity provider has
// another id, wherever it stands: client, bearer.clients, bearer.introspection,
// probe and register. Every other byte stays. An error is a source that cannot be
// read, or that does not hold the client.
func RenameClient(path string, src []byte, idp, from, to string) ([]byte, error) {
	p, err := providerOf(path, src, idp)
	if err != nil {
		return nil, err
	}
	fix := &finding.Fix{Title: "rename a client"}
	for _, at := range p.places(from) {
		fix.Edits = append(fix.Edits, finding.Edit{At: at, Text: quoted(to)})
	}
	changed, _, _, err := finding.Apply(map[string][]byte{path: src}, []*finding.Fix{fix})
	if err != nil {
		return nil, err
	}
	out := changed[path]
	renamed, err := providerOf(path, out, idp)
	if err != nil || len(fix.Edits) == 0 || len(renamed.places(to)) < len(fix.Edits) {
		return nil, errors.Join(fmt.Errorf("%s: client %s of identity provider %s could not be given the id %s", path, show(from), show(idp), show(to)), err)
	}
	return out, nil
}

func providerOf(path string, src []byte, id string) (*IdentityProvider, error) {
	f, list := Load(path, src)
	i := slices.IndexFunc(f.IdentityProviders, func(p IdentityProvider) bool { return p.ID.Value == id })
	if list.HasErrors() || i < 0 {
		return nil, fmt.Errorf("%s: it is no description with the identity provider %s any more", path, show(id))
	}
	return &f.IdentityProviders[i], nil
}

// places are those at which a client's id stands, each once: defaults have the place
// of what they are made of.
func (p *IdentityProvider) places(id string) []finding.Range {
	var out []finding.Range
	for _, t := range p.clientIDs() {
		if t.Value == id && t.At != (finding.Range{}) && !slices.Contains(out, t.At) {
			out = append(out, t.At)
		}
	}
	return out
}

func (p *IdentityProvider) clientIDs() []Text {
	all := append([]Text{p.Client.ID, p.Bearer.Introspection.Client.ID}, p.Bearer.Clients...)
	if p.Probe != nil {
		all = append(all, p.Probe.Client.ID)
	}
	if p.Register != nil {
		for _, c := range p.Register.Clients {
			all = append(all, c.ID)
		}
	}
	return all
}

// quoted is a YAML scalar in double quotes: of printable ASCII it is JSON's.
func quoted(text string) string {
	out, _ := json.Marshal(text) // a string always encodes
	return string(out)
}
