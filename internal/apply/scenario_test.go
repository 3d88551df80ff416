package apply_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/gophercloud/gophercloud/v2"

	"github.com/fedstone/fedstone/internal/apply"
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/keystone/keystonetest"
	"github.com/fedstone/fedstone/internal/spec"
)

// target is a Keystone to work on: in memory, or a real one. Names of objects end
// with suffix, so that a test finds no other's.
type target struct {
	client *gophercloud.ServiceClient
	suffix string
	opts   apply.Options
}

func connect(t testing.TB, env map[string]string) *gophercloud.ServiceClient {
	t.Helper()
	client, err := keystone.Connect(t.Context(), keystone.Auth{LookupEnv: func(name string) (string, bool) {
		value, set := env[name]
		return value, set
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := keystone.Revoke(context.Background(), client); err != nil {
			t.Error(err)
		}
	})
	return client
}

func inMemory(t testing.TB) (*keystonetest.Server, target) {
	server := keystonetest.New(t)
	return server, target{client: connect(t, server.Env())}
}

func text(value string) spec.Text {
	at := finding.Pos{Line: 1, Column: 1}
	return spec.Text{Value: value, At: finding.Range{Path: "federation.yaml", Start: at, End: at}}
}

func texts(values ...string) (out []spec.Text) {
	for _, v := range values {
		out = append(out, text(v))
	}
	return out
}

// provider is an identity provider with two groups and a project each person gets.
func (g target) provider(name string) spec.IdentityProvider {
	id := name + g.suffix
	return spec.IdentityProvider{
		ID: text(id), DisplayName: text("Login of " + name), Issuer: text("https://sso.example.org/realms/" + id),
		Protocol: text("openid"), Domain: text(id),
		Rules: []spec.Rule{{
			User: &spec.User{Name: text("{preferred_username}")}, GroupsBy: text("{groups}"),
			Filters:  []spec.Filter{{Claim: text("groups"), Values: texts("users", "readers")}},
			Projects: []spec.Grant{{Project: text("own"), Roles: texts("member")}},
		}},
		Groups: []spec.Group{
			{Name: text("users"), Grants: []spec.Grant{{Project: text("demo"), Roles: texts("member", "reader")}}},
			{Name: text("readers")},
		},
	}
}

func federation(idps ...spec.IdentityProvider) *spec.Federation {
	return &spec.Federation{Path: "federation.yaml", IdentityProviders: idps}
}

// rules is a mapping that lets through those groups.
func rules(groups ...string) json.RawMessage {
	if groups == nil {
		groups = []string{}
	}
	list, _ := json.Marshal(groups)
	return json.RawMessage(`{"rules":[{"local":[{"user":{"name":"{0}"}},{"groups":"{1}","domain":{"name":"corp"}}],` +
		`"remote":[{"type":"OIDC-preferred_username"},{"type":"OIDC-groups","whitelist":` + string(list) + `}]}]}`)
}

// mappings gives every identity provider the same rules.
func mappings(fed *spec.Federation, raw json.RawMessage) map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	for _, idp := range fed.IdentityProviders {
		out[idp.ID.Value] = raw
	}
	return out
}

func (g target) plan(t testing.TB, fed *spec.Federation, m map[string]json.RawMessage) (apply.Changes, finding.List) {
	t.Helper()
	changes, list, err := apply.Plan(t.Context(), apply.Live(g.client), fed, m, g.opts)
	if err != nil {
		t.Fatal(err)
	}
	return changes, list
}

// apply plans and executes, and gives what was done, without the suffix.
func (g target) apply(t testing.TB, fed *spec.Federation, m map[string]json.RawMessage) []string {
	t.Helper()
	changes, list := g.plan(t, fed, m)
	if list.HasErrors() {
		t.Fatalf("findings: %v", list)
	}
	done := []string{}
	err := apply.Execute(t.Context(), changes, g.opts.Parallel, func(c apply.Change) { done = append(done, g.plain(c.String())) })
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func (g target) plain(s string) string {
	if g.suffix == "" {
		return s
	}
	return strings.ReplaceAll(s, g.suffix, "")
}

func (g target) slugs(list finding.List) []string {
	out := []string{}
	for _, f := range list {
		out = append(out, f.Severity.String()+" "+f.Slug)
	}
	return out
}

// bare is an identity provider without groups and projects.
func (g target) bare(name string) spec.IdentityProvider {
	idp := g.provider(name)
	idp.Groups, idp.Rules = nil, []spec.Rule{{User: &spec.User{Name: text("{preferred_username}")}}}
	return idp
}

// scenarios are what apply promises.
var scenarios = map[string]func(*testing.T, target){
	"first run creates, second changes nothing":  createThenNothing,
	"a changed rule changes only the mapping":    changedRule,
	"an empty list is a difference":              emptyList,
	"a changed issuer changes only the provider": changedIssuer,
	"the ttl is set and taken back":              changedTTL,
	"issuer and rule: closed first":              issuerAndRule,
	"issuers change places":                      swappedIssuers,
	"a new group only adds":                      newGroup,
	"what is there is used":                      adopted,
	"an issuer of another provider":              takenIssuer,
	"the domain cannot change":                   fixedDomain,
	"an unknown role":                            unknownRole,
	"an unknown group":                           unknownGroup,
	"groups of other domains and by id":          groupsElsewhere,
	"a mapping that others use":                  sharedMapping,
	"another protocol":                           otherProtocol,
	"a protocol made by hand":                    protocolByHand,
	"a life":                                     life,
	"prune: all of an identity provider":         pruned,
	"prune: what bears the name alone":           prunedByOwnerOnly,
	"prune: in another's domain":                 prunedInForeignDomain,
	"prune: roles":                               prunedRoles,
	"prune: disabled projects and domains":       prunedDisabled,
	"prune: another's protocol":                  prunedForeignProtocol,
	"prune: a new id for the same issuer":        renamed,
	"taken over":                                 adoption,
	"a name for what had none":                   named,
	"a mapping in the way":                       mappingInTheWay,
	"a schema version that is dropped":           versionDropped,
	"a role of the domain":                       domainRole,
	"a project that a rule names":                projectOfRule,
}

func TestScenariosInMemory(t *testing.T) {
	for name, scenario := range scenarios {
		for _, parallel := range []int{1, 8} { // what is told has one order
			t.Run(fmt.Sprintf("%s, %d at a time", name, parallel), func(t *testing.T) {
				_, g := inMemory(t)
				g.opts.Parallel = parallel
				scenario(t, g)
			})
		}
	}
}

func expect(t *testing.T, what string, want, got []string) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func createThenNothing(t *testing.T, g target) {
	fed := federation(g.provider("corp"))
	m := mappings(fed, rules("users", "readers"))
	expect(t, "first run", []string{
		"+ domain corp",
		"+ project corp/demo",
		"+ group corp/users",
		"+ group corp/readers",
		"+ role assignment member for group corp/users on project corp/demo",
		"+ role assignment reader for group corp/users on project corp/demo",
		"+ mapping corp",
		`+ identity provider corp: remote_ids ["https://sso.example.org/realms/corp"], enabled true, description "Login of corp (made by fedstone)", domain corp`,
		"+ protocol corp/openid: mapping_id corp, remote_id_attribute OIDC-iss",
	}, g.apply(t, fed, m))
	expect(t, "second run", []string{}, g.apply(t, fed, m))
	changes, _ := g.plan(t, fed, m)
	if got := changes.Count(apply.None); got != 9 {
		t.Errorf("%d unchanged, want 9", got)
	}
}

func changedRule(t *testing.T, g target) {
	fed := federation(g.bare("corp"))
	g.apply(t, fed, mappings(fed, rules("users")))
	changes, _ := g.plan(t, fed, mappings(fed, rules("users", "readers")))
	var out strings.Builder
	if err := apply.Paint(false).WriteText(&out, changes); err != nil {
		t.Fatal(err)
	}
	want := "~ mapping corp\n    rule 1\n" +
		"        remote {\"type\":\"OIDC-preferred_username\"}\n" +
		"      - remote {\"type\":\"OIDC-groups\",\"whitelist\":[\"users\"]}\n" +
		"      + remote {\"type\":\"OIDC-groups\",\"whitelist\":[\"users\",\"readers\"]}\n"
	if !strings.HasPrefix(g.plain(out.String()), want) {
		t.Errorf("want one change, with the line of the rule that adds readers; got\n%s", out.String())
	}
	expect(t, "changed rule", []string{"~ mapping corp"}, g.apply(t, fed, mappings(fed, rules("users", "readers"))))
	expect(t, "and then", []string{}, g.apply(t, fed, mappings(fed, rules("users", "readers"))))
}

func emptyList(t *testing.T, g target) {
	fed := federation(g.bare("corp"))
	g.apply(t, fed, mappings(fed, rules()))
	expect(t, "the empty list arrived", []string{}, g.apply(t, fed, mappings(fed, rules())))
	open := json.RawMessage(strings.Replace(string(rules()), `,"whitelist":[]`, "", 1))
	expect(t, "no list is not the empty list", []string{"~ mapping corp"}, g.apply(t, fed, mappings(fed, open)))
}

func changedIssuer(t *testing.T, g target) {
	fed := federation(g.bare("corp"))
	m := mappings(fed, rules("users"))
	g.apply(t, fed, m)
	fed.IdentityProviders[0].Issuer = text("https://new.example.org/" + g.suffix)
	expect(t, "changed issuer", []string{
		`~ identity provider corp: remote_ids ["https://sso.example.org/realms/corp"] -> ["https://new.example.org/"]`,
	}, g.apply(t, fed, m))
	expect(t, "and then", []string{}, g.apply(t, fed, m))
}

func changedTTL(t *testing.T, g target) {
	fed := federation(g.bare("corp"))
	m := mappings(fed, rules("users"))
	g.apply(t, fed, m)
	for _, ttl := range []int{60, 0} {
		before := fed.IdentityProviders[0].AuthorizationTTL.Value
		fed.IdentityProviders[0].AuthorizationTTL.Value = ttl
		show := strings.NewReplacer("~0", "null", "~60", "60")
		want := show.Replace(fmt.Sprintf("~ identity provider corp: authorization_ttl ~%d -> ~%d", before, ttl))
		want = "~" + strings.TrimPrefix(want, "~")
		expect(t, fmt.Sprint("ttl ", ttl), []string{want}, g.apply(t, fed, m))
		expect(t, "and then", []string{}, g.apply(t, fed, m))
	}
}

func issuerAndRule(t *testing.T, g target) {
	fed := federation(g.bare("corp"))
	g.apply(t, fed, mappings(fed, rules("users")))
	fed.IdentityProviders[0].Issuer = text("https://new.example.org/" + g.suffix)
	expect(t, "both", []string{
		`~ identity provider corp: enabled true -> false, remote_ids ["https://sso.example.org/realms/corp"] -> []`,
		"~ mapping corp",
		`~ identity provider corp: remote_ids ["https://sso.example.org/realms/corp"] -> ["https://new.example.org/"]`,
	}, g.apply(t, fed, mappings(fed, rules("readers"))))
	expect(t, "and then", []string{}, g.apply(t, fed, mappings(fed, rules("readers"))))
}

func swappedIssuers(t *testing.T, g target) {
	fed := federation(g.bare("corp"), g.bare("partner"))
	m := mappings(fed, rules("users"))
	g.apply(t, fed, m)
	a, b := &fed.IdentityProviders[0], &fed.IdentityProviders[1]
	a.Issuer, b.Issuer = b.Issuer, a.Issuer
	if done := g.apply(t, fed, m); len(done) != 4 {
		t.Errorf("want both closed and both opened, got %q", done)
	}
	expect(t, "and then", []string{}, g.apply(t, fed, m))
}

func newGroup(t *testing.T, g target) {
	fed := federation(g.provider("corp"))
	m := mappings(fed, rules("users"))
	g.apply(t, fed, m)
	idp := &fed.IdentityProviders[0]
	idp.Groups = append(idp.Groups, spec.Group{Name: text("ops"), Grants: []spec.Grant{{Project: text("demo"), Roles: texts("reader")}}})
	expect(t, "new group", []string{
		"+ group corp/ops",
		"+ role assignment reader for group corp/ops on project corp/demo",
	}, g.apply(t, fed, m))
}

// life is one identity provider through all of its changes. It is what a real
// Keystone is asked for, whose answers take their time.
func life(t *testing.T, g target) {
	fed := federation(g.provider("corp"))
	idp := &fed.IdentityProviders[0]
	step := func(what string, m map[string]json.RawMessage, want ...string) {
		t.Helper()
		expect(t, what, append([]string{}, want...), g.apply(t, fed, m))
	}
	if done := g.apply(t, fed, mappings(fed, rules())); len(done) != 9 {
		t.Fatalf("want 9 objects made, got %q", done)
	}
	step("second run, with an empty list", mappings(fed, rules()))
	step("a rule", mappings(fed, rules("users")), "~ mapping corp")
	idp.AuthorizationTTL.Value = 60
	step("ttl", mappings(fed, rules("users")), "~ identity provider corp: authorization_ttl null -> 60")
	idp.AuthorizationTTL.Value = 0
	idp.Issuer = text("https://new.example.org/" + g.suffix)
	step("issuer, and the ttl back", mappings(fed, rules("users")),
		`~ identity provider corp: remote_ids ["https://sso.example.org/realms/corp"] -> ["https://new.example.org/"], authorization_ttl 60 -> null`)
	idp.Groups[1].Grants = []spec.Grant{{Project: text("demo"), Roles: texts("reader")}}
	step("a role", mappings(fed, rules("users")), "+ role assignment reader for group corp/readers on project corp/demo")
	forged := keystone.Protocol{ID: "openid", MappingID: idp.ID.Value, RemoteIDAttribute: "HTTP_OIDC_ISS"}
	if err := keystone.UpdateProtocol(t.Context(), g.client, idp.ID.Value, forged); err != nil {
		t.Fatal(err)
	}
	step("a protocol that somebody changed", mappings(fed, rules("users")), "~ protocol corp/openid: remote_id_attribute HTTP_OIDC_ISS -> OIDC-iss")
	idp.Domain = text("elsewhere" + g.suffix)
	g.refused(t, fed, "domain-fixed", "domain: corp")
}
