package apply_test

import (
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/spec"
)

func adopted(t *testing.T, g target) {
	api := apply.Live(g.client)
	domain, err := api.Create(t.Context(), apply.Domain, "", "corp"+g.suffix, "")
	if err != nil {
		t.Fatal(err)
	}
	for kind, name := range map[apply.Kind]string{apply.Project: "demo", apply.Group: "users"} {
		if _, err := api.Create(t.Context(), kind, domain, name, ""); err != nil {
			t.Fatal(err)
		}
	}
	fed := federation(g.provider("corp"))
	done := strings.Join(g.apply(t, fed, mappings(fed, rules("users"))), "\n")
	for _, made := range []string{"+ domain corp", "+ project corp/demo", "+ group corp/users"} {
		if strings.Contains(done, made+"\n") {
			t.Errorf("%q was there already; done:\n%s", made, done)
		}
	}
	if !strings.Contains(done, "+ group corp/readers\n+ role assignment member for group corp/users on project corp/demo") {
		t.Errorf("the rest is missing:\n%s", done)
	}
}

// refused expects findings, of which one is an error whose message or hint says so.
func (g target) refused(t *testing.T, fed *spec.Federation, slug, saying string) {
	t.Helper()
	_, list := g.plan(t, fed, mappings(fed, rules("users")))
	for _, f := range list {
		if f.Slug == slug && strings.Contains(g.plain(f.Message+"\n"+f.Hint), saying) && f.At.Start.Known() {
			return
		}
	}
	t.Errorf("no finding %s with a place that says %q: %+v", slug, saying, list)
}

func takenIssuer(t *testing.T, g target) {
	fed := federation(g.bare("corp"))
	g.apply(t, fed, mappings(fed, rules("users")))
	other := g.bare("partner")
	other.Issuer = fed.IdentityProviders[0].Issuer
	g.refused(t, federation(other), "issuer-taken", `identity provider "corp" has the remote id https://sso.example.org/realms/corp already`)
}

func fixedDomain(t *testing.T, g target) {
	fed := federation(g.bare("corp"))
	g.apply(t, fed, mappings(fed, rules("users")))
	fed.IdentityProviders[0].Domain = text("elsewhere" + g.suffix)
	g.refused(t, fed, "domain-fixed", "domain: corp")
}

func unknownRole(t *testing.T, g target) {
	fed := federation(g.provider("corp"))
	fed.IdentityProviders[0].Rules[0].Projects[0].Roles = texts("membr")
	g.refused(t, fed, "unknown-role", "did you mean member?")
	fed = federation(g.provider("corp"))
	fed.IdentityProviders[0].Groups[0].Grants[0].Roles = texts("xyzzyxyzzy")
	g.refused(t, fed, "unknown-role", "openstack role create xyzzyxyzzy")
}

func unknownGroup(t *testing.T, g target) {
	fed := federation(g.provider("corp"))
	rule := &fed.IdentityProviders[0].Rules[0]
	rule.Filters[0].Values, rule.Groups = texts("users", "reader"), []spec.RuleGroup{{Name: text("elsewhere")}}
	_, list := g.plan(t, fed, mappings(fed, rules("users")))
	expect(t, "findings", []string{"warning unknown-group", "warning unknown-group"}, g.slugs(list))
	g.refused(t, fed, "unknown-group", "did you mean readers?")
	rule.Filters[0].Except, rule.Groups = true, nil
	if _, list = g.plan(t, fed, mappings(fed, rules("users"))); len(list) != 0 {
		t.Errorf("groups that are kept out need not exist: %v", list)
	}
}

func sharedMapping(t *testing.T, g target) {
	fed := federation(g.bare("corp"), g.bare("partner"))
	g.apply(t, fed, mappings(fed, rules("users")))
	corp := federation(fed.IdentityProviders[0])
	partner := keystone.Protocol{ID: "openid", MappingID: "corp" + g.suffix}
	if err := keystone.UpdateProtocol(t.Context(), g.client, "partner"+g.suffix, partner); err != nil {
		t.Fatal(err)
	}
	_, list := g.plan(t, corp, mappings(corp, rules("users")))
	expect(t, "nothing changes", []string{}, g.slugs(list))
	_, list = g.plan(t, corp, mappings(corp, rules("readers")))
	expect(t, "rules change", []string{"error mapping-shared"}, g.slugs(list))
}

func otherProtocol(t *testing.T, g target) {
	fed := federation(g.bare("corp"))
	m := mappings(fed, rules("users"))
	g.apply(t, fed, m)
	if err := keystone.CreateProtocol(t.Context(), g.client, "corp"+g.suffix, keystone.Protocol{ID: "mapped", MappingID: "corp" + g.suffix}); err != nil {
		t.Fatal(err)
	}
	fed.IdentityProviders[0].Protocol.At = finding.Range{} // as where it was left out
	changes, list := g.plan(t, fed, m)
	expect(t, "findings", []string{"warning other-protocol"}, g.slugs(list))
	if len(changes.Pending()) != 0 || list[0].At != fed.IdentityProviders[0].ID.At {
		t.Errorf("at %s; it stays, but: %v", list[0].At, changes.Pending())
	}
}

// protocolByHand has a header-form remote id attribute, which a client could send.
func protocolByHand(t *testing.T, g target) {
	fed := federation(g.bare("corp"))
	m := mappings(fed, rules("users"))
	g.apply(t, fed, m)
	forged := keystone.Protocol{ID: "openid", MappingID: "corp" + g.suffix, RemoteIDAttribute: "HTTP_OIDC_ISS"}
	if err := keystone.UpdateProtocol(t.Context(), g.client, "corp"+g.suffix, forged); err != nil {
		t.Fatal(err)
	}
	expect(t, "mended", []string{"~ protocol corp/openid: remote_id_attribute HTTP_OIDC_ISS -> OIDC-iss"}, g.apply(t, fed, m))
	expect(t, "and then", []string{}, g.apply(t, fed, m))
}

// groupsElsewhere: what rules give by an id, or of a domain known by its id, is
// neither made nor looked for; a domain by name is.
func groupsElsewhere(t *testing.T, g target) {
	api := apply.Live(g.client)
	domain, err := api.Create(t.Context(), apply.Domain, "", "other"+g.suffix, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := api.Create(t.Context(), apply.Group, domain, "ops", ""); err != nil {
		t.Fatal(err)
	}
	fed := federation(g.bare("corp"))
	rule := &fed.IdentityProviders[0].Rules[0]
	other, missing := spec.Domain{Name: text("other" + g.suffix)}, spec.Domain{Name: text("missing" + g.suffix)}
	rule.GroupsBy, rule.GroupsIn, rule.GroupIDs = text("{groups}"), other, text("{ids}")
	rule.Filters = []spec.Filter{{Claim: text("groups"), Matches: true, Values: texts("^cloud-")}, {Claim: text("ids"), Values: texts("0cd5e9")}}
	rule.Groups = []spec.RuleGroup{{ID: text("0cd5e9")}, {Name: text("ops"), Domain: spec.Domain{ID: text("d1")}}, {Name: text("ops"), Domain: other}}
	changes, list := g.plan(t, fed, mappings(fed, rules("users")))
	expect(t, "findings", []string{}, g.slugs(list))
	for _, c := range changes {
		if c.Kind == apply.Group {
			t.Errorf("a group that a rule names shall be made: %s", c)
		}
	}
	rule.Filters[0] = spec.Filter{Claim: text("groups"), Values: texts("nobody")}
	rule.Groups[2].Domain = missing
	_, list = g.plan(t, fed, mappings(fed, rules("users")))
	expect(t, "findings", []string{"warning unknown-domain", "warning unknown-group"}, g.slugs(list))
}
