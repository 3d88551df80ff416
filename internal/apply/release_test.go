package apply_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
)

// released is a description for a release, with the mapping in that release's form.
func (g target) released(release string) (*spec.Federation, map[string]json.RawMessage) {
	fed := federation(g.bare("corp"))
	fed.Keystone.Release = text(release)
	raw := rules("users")
	if release == "2024.1" {
		raw = json.RawMessage(strings.Replace(string(raw), "{", `{"schema_version":"1.0",`, 1))
	}
	return fed, mappings(fed, raw)
}

// versionDropped: the description says 2024.1, and Keystone is older. The first run
// cannot know; the second sees it, says so, and wants nothing.
func versionDropped(t *testing.T, g target) {
	fed, m := g.released("zed")
	g.apply(t, fed, m)
	if made := must[keystone.Mapping](t)(keystone.GetMapping(t.Context(), g.client, "corp"+g.suffix)); made.SchemaVersion != "" {
		t.Skip("this Keystone keeps versions, so it is not older")
	}
	fed, m = g.released("2024.1")
	changes, list := g.plan(t, fed, m)
	expect(t, "findings", []string{"warning release-differs"}, g.slugs(list))
	if n := len(changes.Pending()); n != 0 {
		t.Errorf("%d changes: %v", n, changes.Pending())
	}
}

// TestSchemaVersionKept: the description says zed, and Keystone keeps versions.
func TestSchemaVersionKept(t *testing.T) {
	_, g := inMemory(t)
	other := keystone.Mapping{ID: "other", SchemaVersion: "2.0", Rules: json.RawMessage(`[{"local":[],"remote":[]}]`)}
	if err := keystone.CreateMapping(t.Context(), g.client, other); err != nil {
		t.Fatal(err)
	}
	fed, m := g.released("zed")
	_, list := g.plan(t, fed, m)
	expect(t, "findings", []string{"warning release-differs"}, g.slugs(list))
	g.apply(t, fed, m)
	made, err := keystone.GetMapping(t.Context(), g.client, "corp")
	if err != nil || made.SchemaVersion != "1.0" {
		t.Errorf("made with the version %q, %v; want 1.0", made.SchemaVersion, err)
	}
	expect(t, "and then", []string{}, g.apply(t, fed, m))
	fed, m = g.released("2024.1")
	changes, list := g.plan(t, fed, m)
	if len(list)+len(changes.Pending()) != 0 {
		t.Errorf("the right release: %v %v", list, changes.Pending())
	}
}

// domainRole: a role that is the domain's own may be granted there, another
// domain's is none.
func domainRole(t *testing.T, g target) {
	fed := federation(g.provider("corp"), g.bare("partner"))
	g.apply(t, fed, mappings(fed, rules("users")))
	g.makeRole(t, g.find(t, apply.Domain, "", "corp"+g.suffix), "librarian")
	corp, partner := &fed.IdentityProviders[0], &fed.IdentityProviders[1]
	corp.Rules[0].Projects[0].Roles = texts("librarian")
	corp.Groups[0].Grants[0].Roles = texts("member", "reader", "librarian")
	expect(t, "granted", []string{"+ role assignment librarian for group corp/users on project corp/demo"}, g.apply(t, fed, mappings(fed, rules("users"))))
	fed.Keystone.Owner = text("production")
	g.apply(t, fed, mappings(fed, rules("users")))
	expect(t, "described, so it is not pruned", []string{}, g.pruning().apply(t, fed, mappings(fed, rules("users"))))
	partner.Rules[0].Projects = []spec.Grant{{Project: text("own"), Roles: texts("librarian")}}
	g.refused(t, fed, "unknown-role", `no role "librarian"`)
}

// projectOfRule: a project that a rule names is looked for in the domain of the
// identity provider, where Keystone looks.
func projectOfRule(t *testing.T, g target) {
	api := apply.Live(g.client)
	fed := federation(g.provider("corp"), g.bare("partner"))
	g.apply(t, fed, mappings(fed, rules("users")))
	if _, err := api.Create(t.Context(), apply.Project, g.find(t, apply.Domain, "", "partner"+g.suffix), "OWN", ""); err != nil {
		t.Fatal(err)
	}
	_, list := g.plan(t, fed, mappings(fed, rules("users")))
	expect(t, "in another domain", []string{}, g.slugs(list))
	if _, err := api.Create(t.Context(), apply.Project, g.find(t, apply.Domain, "", "corp"+g.suffix), "OWN", ""); err != nil {
		t.Fatal(err)
	}
	g.refused(t, fed, "name-differs-by-case", `a project "OWN", but "own" is asked for`)
}
