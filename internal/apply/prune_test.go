package apply_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/domains"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/projects"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
)

// owned is a federation that has a name.
func owned(owner string, idps ...spec.IdentityProvider) *spec.Federation {
	fed := federation(idps...)
	fed.Keystone.Owner = text(owner)
	return fed
}

func (g target) pruning() target {
	g.opts.Prune = true
	return g
}

// pruned is an identity provider that is described no more, in the order in which
// all of it goes.
func pruned(t *testing.T, g target) {
	both := owned("production", g.provider("corp"), g.provider("partner"))
	m := mappings(both, rules("users"))
	g.apply(t, both, m)
	corp := owned("production", both.IdentityProviders[0])
	expect(t, "without --prune", []string{}, g.apply(t, corp, m))
	g = g.pruning()
	expect(t, "with it", []string{
		`~ identity provider partner: enabled true -> false, remote_ids ["https://sso.example.org/realms/partner"] -> []`,
		"- protocol partner/openid",
		"- mapping partner",
		"- group partner/users",
		"- group partner/readers",
		"- identity provider partner",
	}, sortedGroups(g.apply(t, corp, m)))
	changes, list := g.plan(t, corp, m)
	expect(t, "and then", []string{"info left", "info left"}, g.slugs(list))
	if len(changes.Pending()) != 0 {
		t.Errorf("and then: %v", changes.Pending())
	}
}

// sortedGroups puts groups into one order: Keystone lists them in any.
func sortedGroups(done []string) []string {
	for i := 1; i < len(done); i++ {
		if strings.HasPrefix(done[i], "- group") && strings.HasPrefix(done[i-1], "- group") && done[i] > done[i-1] {
			done[i], done[i-1] = done[i-1], done[i]
		}
	}
	return done
}

// prunedByOwnerOnly: objects without a mark, with a mark without a name and with
// another's name stay, though nothing describes them.
func prunedByOwnerOnly(t *testing.T, g target) {
	g.apply(t, federation(g.provider("nameless")), mappings(federation(g.provider("nameless")), rules("users")))
	other := owned("staging", g.provider("staging"))
	g.apply(t, other, mappings(other, rules("users")))
	byHand := keystone.IdentityProvider{ID: "hand" + g.suffix, DomainID: "default", RemoteIDs: []string{"https://hand.example.org/" + g.suffix}, Description: "not made by fedstone for production, really"}
	if err := keystone.CreateIdentityProvider(t.Context(), g.client, byHand); err != nil {
		t.Fatal(err)
	}
	if err := keystone.CreateMapping(t.Context(), g.client, keystone.Mapping{ID: byHand.ID, Rules: json.RawMessage(`[{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"X"}]}]`)}); err != nil {
		t.Fatal(err)
	}
	fed := owned("production", g.bare("corp"))
	m := mappings(fed, rules("users"))
	g.apply(t, fed, m)
	expect(t, "nothing goes", []string{}, g.pruning().apply(t, fed, m))
}

// prunedInForeignDomain: only the groups with the name go from a domain that
// somebody else made.
func prunedInForeignDomain(t *testing.T, g target) {
	api := apply.Live(g.client)
	domain, err := api.Create(t.Context(), apply.Domain, "", "corp"+g.suffix, "by hand")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := api.Create(t.Context(), apply.Group, domain, "users", "by hand"); err != nil {
		t.Fatal(err)
	}
	fed := owned("production", g.provider("corp"), g.bare("other"))
	m := mappings(fed, rules("users"))
	g.apply(t, fed, m)
	fed.IdentityProviders[0].Groups = nil
	fed.IdentityProviders[0].Rules = nil
	expect(t, "a group", []string{"- group corp/readers"}, g.pruning().apply(t, fed, m))
	fed.IdentityProviders = fed.IdentityProviders[1:]
	done := g.pruning().apply(t, fed, m)
	expect(t, "the rest", []string{"- protocol corp/openid", "- mapping corp", "- identity provider corp"}, done[1:])
	left, err := api.Find(t.Context(), apply.Group, domain, "users")
	if err != nil || len(left) != 1 {
		t.Errorf("the group that was made by hand: %v, %v", left, err)
	}
}

// prunedRoles: of a group that stays, a role that is described no more goes; what
// it was given on another's project stays.
func prunedRoles(t *testing.T, g target) {
	fed := owned("production", g.provider("corp"))
	m := mappings(fed, rules("users"))
	g.apply(t, fed, m)
	api := apply.Live(g.client)
	domain := g.find(t, apply.Domain, "", "corp"+g.suffix)
	hand, err := api.Create(t.Context(), apply.Project, domain, "hand", "")
	if err != nil {
		t.Fatal(err)
	}
	roles, err := api.RoleIDs(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if err := api.Assign(t.Context(), g.find(t, apply.Group, domain, "users"), hand, roles["reader"]); err != nil {
		t.Fatal(err)
	}
	fed.IdentityProviders[0].Groups[0].Grants[0].Roles = texts("reader")
	expect(t, "the role", []string{"- role assignment member for group corp/users on project corp/demo"}, g.pruning().apply(t, fed, m))
	expect(t, "and then", []string{}, g.pruning().apply(t, fed, m))
}

func (g target) find(t *testing.T, kind apply.Kind, domain, name string) string {
	t.Helper()
	found, err := apply.Live(g.client).Find(t.Context(), kind, domain, name)
	if err != nil || len(found) != 1 {
		t.Fatalf("%s %s: %v, %v", kind, name, found, err)
	}
	return found[0].ID
}

// prunedDisabled: projects and domains go once somebody has disabled them, and
// a domain only when nothing stays in it.
func prunedDisabled(t *testing.T, g target) {
	both := owned("production", g.bare("corp"), g.provider("partner"))
	m := mappings(both, rules("users"))
	g.apply(t, both, m)
	corp := owned("production", both.IdentityProviders[0])
	g = g.pruning()
	g.opts.PruneDisabled = true
	if done := g.apply(t, corp, m); len(done) != 6 {
		t.Errorf("what is enabled shall stay: %v", done)
	}
	domain := g.find(t, apply.Domain, "", "partner"+g.suffix)
	project, off := g.find(t, apply.Project, domain, "demo"), false
	if err := domains.Update(t.Context(), g.client, domain, domains.UpdateOpts{Enabled: &off}).Err; err != nil {
		t.Fatal(err)
	}
	expect(t, "the project is enabled", []string{}, g.apply(t, corp, m))
	if err := projects.Update(t.Context(), g.client, project, projects.UpdateOpts{Enabled: &off}).Err; err != nil {
		t.Fatal(err)
	}
	expect(t, "both", []string{"- project partner/demo", "- domain partner"}, g.apply(t, corp, m))
	expect(t, "and then", []string{}, g.apply(t, corp, m))
}

// prunedForeignProtocol: somebody gave our identity provider a way in of his own.
func prunedForeignProtocol(t *testing.T, g target) {
	both := owned("production", g.bare("corp"), g.bare("partner"))
	m := mappings(both, rules("users"))
	g.apply(t, both, m)
	mapped := keystone.Protocol{ID: "mapped", MappingID: "corp" + g.suffix}
	if err := keystone.CreateProtocol(t.Context(), g.client, "partner"+g.suffix, mapped); err != nil {
		t.Fatal(err)
	}
	corp := owned("production", both.IdentityProviders[0])
	changes, list := g.pruning().plan(t, corp, m)
	expect(t, "findings", []string{"warning other-protocol", "info left"}, g.slugs(list))
	if len(changes.Pending()) != 0 {
		t.Errorf("it shall stay: %v", changes.Pending())
	}
	corp.IdentityProviders[0].Issuer = both.IdentityProviders[1].Issuer
	g.pruning().refused(t, corp, "issuer-taken", "partner")
}

// renamed: the id of an identity provider changes, its issuer does not.
func renamed(t *testing.T, g target) {
	fed := owned("production", g.bare("corp"))
	m := mappings(fed, rules("users"))
	g.apply(t, fed, m)
	fed.IdentityProviders[0].ID = text("company" + g.suffix)
	m = mappings(fed, rules("users"))
	g.refused(t, fed, "issuer-taken", "corp")
	expect(t, "renamed", []string{
		`~ identity provider corp: enabled true -> false, remote_ids ["https://sso.example.org/realms/corp"] -> []`,
		"+ mapping company",
		`+ identity provider company: remote_ids ["https://sso.example.org/realms/corp"], enabled true, description "Login of corp (made by fedstone for production)", domain corp`,
		"+ protocol company/openid: mapping_id company, remote_id_attribute OIDC-iss",
		"- protocol corp/openid",
		"- mapping corp",
		"- identity provider corp",
	}, g.pruning().apply(t, fed, m))
	expect(t, "and then", []string{}, g.pruning().apply(t, fed, m))
}

// adoption: what somebody else made is left, or taken over where that is asked for.
func adoption(t *testing.T, g target) {
	api := apply.Live(g.client)
	fed := owned("production", g.bare("corp"))
	m, id := mappings(fed, rules("users")), "corp"+g.suffix
	domain, err := api.Create(t.Context(), apply.Domain, "", id, "")
	if err != nil {
		t.Fatal(err)
	}
	byHand := keystone.IdentityProvider{ID: id, DomainID: domain, Enabled: true, Description: "by hand", RemoteIDs: []string{"https://hand.example.org/" + g.suffix}}
	if err := keystone.CreateIdentityProvider(t.Context(), g.client, byHand); err != nil {
		t.Fatal(err)
	}
	g.refused(t, fed, "not-ours", "was not made by fedstone: it stays as it is")
	g.opts.Adopt = true
	expect(t, "taken over", []string{
		"+ mapping corp",
		`~ identity provider corp: remote_ids ["https://hand.example.org/"] -> ["https://sso.example.org/realms/corp"], description "by hand" -> "Login of corp (made by fedstone for production)"`,
		"+ protocol corp/openid: mapping_id corp, remote_id_attribute OIDC-iss",
	}, dropSuspension(g.apply(t, fed, m)))
	g.opts.Adopt = false
	expect(t, "and then", []string{}, g.apply(t, fed, m))
	fed.Keystone.Owner = text("staging")
	g.refused(t, fed, "not-ours", "was made by fedstone for the owner production")
}

func dropSuspension(done []string) []string {
	if strings.Contains(done[0], "enabled true -> false") {
		return done[1:]
	}
	return done
}

// named: what an earlier run made for a description without a name gets the name.
func named(t *testing.T, g target) {
	fed := federation(g.provider("corp"))
	m := mappings(fed, rules("users"))
	g.apply(t, fed, m)
	fed.Keystone.Owner = text("production")
	const from, to = `description "made by fedstone" -> "made by fedstone for production"`, `description "Login of corp (made by fedstone)" -> "Login of corp (made by fedstone for production)"`
	expect(t, "named", []string{
		"~ domain corp: " + from,
		"~ project corp/demo: " + from,
		"~ group corp/users: " + from,
		"~ group corp/readers: " + from,
		"~ identity provider corp: " + to,
	}, g.apply(t, fed, m))
	expect(t, "and then", []string{}, g.apply(t, fed, m))
}

// mappingInTheWay: a mapping of the id is there, and no identity provider.
func mappingInTheWay(t *testing.T, g target) {
	fed := owned("production", g.bare("corp"))
	hand := keystone.Mapping{ID: "corp" + g.suffix, Rules: json.RawMessage(`[{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"X"}]}]`)}
	if err := keystone.CreateMapping(t.Context(), g.client, hand); err != nil {
		t.Fatal(err)
	}
	g.refused(t, fed, "not-ours", "a mapping \"corp\" with other rules")
	g.opts.Adopt = true
	if done := g.apply(t, fed, mappings(fed, rules("users"))); done[1] != "~ mapping corp" {
		t.Errorf("taken over: %v", done)
	}
}
