package apply_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/keystone"
)

// snapshot is everything of a scenario that a Keystone has, in words: names in the
// place of ids, without the suffix, sorted.
func (g target) snapshot(t *testing.T) []string {
	t.Helper()
	api := apply.Live(g.client)
	out := must[[]string](t)(g.trust(t, api))
	for _, domain := range must[[]apply.Resource](t)(api.List(t.Context(), apply.Domain, "")) {
		if strings.HasSuffix(domain.Name, g.suffix) {
			out = append(out, fmt.Sprintf("domain %s %q %v", domain.Name, domain.Description, domain.Enabled))
			out = append(out, g.inside(t, api, domain)...)
		}
	}
	for i := range out {
		out[i] = g.plain(out[i])
	}
	slices.Sort(out)
	return out
}

func must[T any](t *testing.T) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func (g target) inside(t *testing.T, api apply.API, domain apply.Resource) (out []string) {
	names := map[string]string{"": "nothing"}
	for name, id := range must[map[string]string](t)(api.RoleIDs(t.Context(), "")) {
		names[id] = name
	}
	for _, p := range must[[]apply.Resource](t)(api.List(t.Context(), apply.Project, domain.ID)) {
		names[p.ID] = p.Name
		out = append(out, fmt.Sprintf("project %s/%s %q %v", domain.Name, p.Name, p.Description, p.Enabled))
	}
	for _, one := range must[[]apply.Resource](t)(api.List(t.Context(), apply.Group, domain.ID)) {
		out = append(out, fmt.Sprintf("group %s/%s %q", domain.Name, one.Name, one.Description))
		for _, has := range must[[]keystone.GroupAssignment](t)(api.Assignments(t.Context(), one.ID)) {
			out = append(out, fmt.Sprintf("group %s/%s is %s on %s", domain.Name, one.Name, names[has.RoleID], names[has.ProjectID]))
		}
	}
	return out
}

func (g target) trust(t *testing.T, api apply.API) (out []string, err error) {
	for _, m := range must[[]keystone.Mapping](t)(api.Mappings(t.Context())) {
		if strings.HasSuffix(m.ID, g.suffix) {
			var rules any
			if err := json.Unmarshal(m.Rules, &rules); err != nil {
				return nil, err
			}
			out = append(out, fmt.Sprintf("mapping %s %v", m.ID, rules))
		}
	}
	for _, idp := range must[[]keystone.IdentityProvider](t)(api.IdentityProviders(t.Context())) {
		if !strings.HasSuffix(idp.ID, g.suffix) {
			continue
		}
		domain := must[string](t)(api.DomainName(t.Context(), idp.DomainID))
		out = append(out, fmt.Sprintf("identity provider %s %q %v %v %s", idp.ID, idp.Description, idp.Enabled, idp.RemoteIDs, domain))
		for _, p := range must[[]keystone.Protocol](t)(api.Protocols(t.Context(), idp.ID)) {
			out = append(out, fmt.Sprintf("protocol %s/%s %s %s", idp.ID, p.ID, p.MappingID, p.RemoteIDAttribute))
		}
	}
	return out, nil
}
