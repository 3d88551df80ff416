package mapping_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/spec"
)

func text(s string) spec.Text { return spec.Text{Value: s} }

func list(values ...string) []spec.Text {
	out := []spec.Text{}
	for _, v := range values {
		out = append(out, text(v))
	}
	return out
}

// groupList is groups by name, in the provider's domain.
func groupList(names ...string) []spec.RuleGroup {
	var out []spec.RuleGroup
	for _, name := range names {
		out = append(out, spec.RuleGroup{Name: text(name)})
	}
	return out
}

func when(claim string, op spec.Operator, values ...string) spec.Condition {
	return spec.Condition{Claim: text(claim), Op: op, Values: list(values...)}
}

func user(name string) *spec.User { return &spec.User{Name: text(name)} }

// provider is an identity provider of domain corp with these rules.
func provider(rules ...spec.Rule) spec.IdentityProvider {
	return spec.IdentityProvider{ID: text("corp"), Domain: text("corp"), Rules: rules}
}

func TestCompile(t *testing.T) {
	cases := map[string]struct {
		rule    spec.Rule
		release string
		want    string
	}{
		"conditions take no number": {
			rule: spec.Rule{When: []spec.Condition{when("groups", spec.AnyOf, "admins")}, User: &spec.User{Name: text("{name}"), Email: text("{email}")}},
			want: `{"rules":[{"local":[{"user":{"name":"{0}","email":"{1}"}}],"remote":[{"type":"OIDC-groups","any_one_of":["admins"]},{"type":"OIDC-name"},{"type":"OIDC-email"}]}]}`,
		},
		"a claim as condition and as value stands twice": {
			rule: spec.Rule{When: []spec.Condition{when("sub", spec.MatchesNone, "^svc-")}, User: user("{sub}")},
			want: `{"rules":[{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"OIDC-sub","not_any_of":["^svc-"],"regex":true},{"type":"OIDC-sub"}]}]}`,
		},
		"a claim used twice has one entry": {
			rule: spec.Rule{User: &spec.User{Name: text("{sub}"), ID: text("{sub}@{iss}")}},
			want: `{"rules":[{"local":[{"user":{"id":"{0}@{1}","name":"{0}"}}],"remote":[{"type":"OIDC-sub"},{"type":"OIDC-iss"}]}]}`,
		},
		"groups by name, filtered": {
			rule: spec.Rule{User: user("{sub}"), GroupsBy: text("{groups}"), Filters: []spec.Filter{{Claim: text("groups"), Values: list("a", "b")}}},
			want: `{"rules":[{"local":[{"user":{"name":"{0}"}},{"groups":"{1}","domain":{"name":"corp"}}],"remote":[{"type":"OIDC-sub"},{"type":"OIDC-groups","whitelist":["a","b"]}]}]}`,
		},
		"an empty filter is kept": {
			rule: spec.Rule{User: user("{sub}"), GroupsBy: text("{groups}"), Filters: []spec.Filter{{Claim: text("groups"), Values: list(), Except: true}}},
			want: `{"rules":[{"local":[{"user":{"name":"{0}"}},{"groups":"{1}","domain":{"name":"corp"}}],"remote":[{"type":"OIDC-sub"},{"type":"OIDC-groups","blacklist":[]}]}]}`,
		},
		"fixed groups and projects": {
			rule: spec.Rule{User: user("{sub}"), Groups: groupList("ops{1}"), Projects: []spec.Grant{{Project: text("{sub}"), Roles: list("member", "reader")}}},
			want: `{"rules":[{"local":[{"user":{"name":"{0}"}},{"group":{"name":"ops{{1}}","domain":{"name":"corp"}}},{"projects":[{"name":"{0}","roles":[{"name":"member"},{"name":"reader"}]}]}],"remote":[{"type":"OIDC-sub"}]}]}`,
		},
		"groups by id and of other domains": {
			rule: spec.Rule{User: user("{sub}"), Groups: []spec.RuleGroup{{ID: text("0cd5e9")}, {Name: text("ops"), Domain: spec.Domain{Name: text("other")}}, {Name: text("ops"), Domain: spec.Domain{ID: text("d1")}}}},
			want: `{"rules":[{"local":[{"user":{"name":"{0}"}},{"group":{"id":"0cd5e9"}},{"group":{"name":"ops","domain":{"name":"other"}}},{"group":{"name":"ops","domain":{"id":"d1"}}}],"remote":[{"type":"OIDC-sub"}]}]}`,
		},
		"groups of another domain and group ids, by expressions": {
			rule: spec.Rule{User: user("{sub}"), GroupsBy: text("{groups}"), GroupsIn: spec.Domain{Name: text("other")}, GroupIDs: text("{gids}"),
				Filters: []spec.Filter{{Claim: text("groups"), Values: list("^cloud-"), Matches: true}, {Claim: text("gids"), Values: list("^0"), Except: true, Matches: true}}},
			want: `{"rules":[{"local":[{"user":{"name":"{0}"}},{"groups":"{1}","domain":{"name":"other"}},{"group_ids":"{2}"}],"remote":[{"type":"OIDC-sub"},{"type":"OIDC-groups","whitelist":["^cloud-"],"regex":true},{"type":"OIDC-gids","blacklist":["^0"],"regex":true}]}]}`,
		},
		"a local user by variables": {
			rule: spec.Rule{When: []spec.Condition{when("env(MELLON_IDP)", spec.AnyOf, "x")}, User: &spec.User{Name: text("{env(REMOTE_USER)}"), Type: text("local"), Domain: spec.Domain{ID: text("{env(MELLON_D)}")}}},
			want: `{"rules":[{"local":[{"user":{"name":"{0}","domain":{"id":"{1}"},"type":"local"}}],"remote":[{"type":"MELLON_IDP","any_one_of":["x"]},{"type":"REMOTE_USER"},{"type":"MELLON_D"}]}]}`,
		},
		"a rule for everybody asks for an issuer": {
			rule: spec.Rule{User: user("guest")},
			want: `{"rules":[{"local":[{"user":{"name":"guest"}}],"remote":[{"type":"OIDC-iss"}]}]}`,
		},
		"releases with versions are told 1.0": {
			rule: spec.Rule{User: user("{sub}")}, release: "2024.1",
			want: `{"schema_version":"1.0","rules":[{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"OIDC-sub"}]}]}`,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			m, list := mapping.Compile(provider(c.rule), c.release)
			if list.HasErrors() {
				t.Fatalf("findings: %v", list)
			}
			if diff := cmp.Diff(c.want, compact(t, m)); diff != "" {
				t.Errorf("mapping (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCompileRefuses(t *testing.T) {
	only := []spec.Filter{{Claim: text("groups"), Values: list("a")}}
	cases := map[string]struct {
		rules []spec.Rule
		want  []string
	}{
		"no rules":                   {nil, []string{"no-rules"}},
		"text around groups":         {[]spec.Rule{{User: user("{sub}"), GroupsBy: text("p-{groups}"), Filters: only}}, []string{"groups-in-text", "filter-unused"}},
		"an index":                   {[]spec.Rule{{User: user("{0}")}}, []string{"bad-template"}},
		"a filter that does nothing": {[]spec.Rule{{User: user("{sub}"), Filters: only}}, []string{"filter-unused"}},
		"the letters name": {[]spec.Rule{{User: user("{sub}"), GroupsBy: text("{groups}"), Filters: []spec.Filter{{Claim: text("groups"), Values: list("hostname-admins")}}}},
			[]string{"group-called-name"}},
		"unfiltered groups":                    {[]spec.Rule{{User: user("{sub}"), GroupsBy: text("{groups}")}}, []string{"groups-unfiltered"}},
		"an expression that keeps nothing out": {[]spec.Rule{{User: user("{sub}"), GroupsBy: text("{groups}"), Filters: []spec.Filter{{Claim: text("groups"), Values: list("^a", ".*"), Matches: true}}}}, []string{"groups-unfiltered"}},
		"an expression":                        {[]spec.Rule{{User: user("{sub}"), GroupsBy: text("{groups}"), Filters: []spec.Filter{{Claim: text("groups"), Values: list("name"), Matches: true}}}}, nil},
		"unfiltered group ids":                 {[]spec.Rule{{User: user("{sub}"), GroupIDs: text("{gids}")}}, []string{"groups-unfiltered"}},
		"text around group ids":                {[]spec.Rule{{User: user("{sub}"), GroupIDs: text("x{gids}")}}, []string{"groups-in-text"}},
		"ids that hold the letters name":       {[]spec.Rule{{User: user("{sub}"), GroupIDs: text("{gids}"), Filters: []spec.Filter{{Claim: text("gids"), Values: list("name1")}}}}, nil},
		"a variable that nobody sets":          {[]spec.Rule{{When: []spec.Condition{when("env(MELLON_x)", spec.AnyOf, "a")}, User: user("{env(MELLON_x)} {env(REMOTE_USER)}")}}, []string{"variable-unset"}},
		"a header":                             {[]spec.Rule{{User: user("{env(HTTP_X)}")}}, []string{"bad-template"}},
		"a user's domain before 2024.1":        {[]spec.Rule{{User: &spec.User{Name: text("{sub}"), Domain: spec.Domain{Name: text("d")}}}}, []string{"user-domain-ignored"}},
		"a local user's domain before 2024.1":  {[]spec.Rule{{User: &spec.User{Name: text("{sub}"), Type: text("local"), Domain: spec.Domain{Name: text("d")}}}}, nil},
		"projects of two rules": {[]spec.Rule{{User: user("{sub}"), Projects: []spec.Grant{{Project: text("a")}}}, {User: user("{sub}"), Projects: []spec.Grant{{Project: text("b")}}}},
			[]string{"projects-replaced"}},
		"projects of rules that exclude each other": {[]spec.Rule{
			{When: []spec.Condition{when("g", spec.AnyOf, "x")}, User: user("{sub}"), Projects: []spec.Grant{{Project: text("a")}}},
			{When: []spec.Condition{when("g", spec.NoneOf, "x", "y")}, User: user("{sub}"), Projects: []spec.Grant{{Project: text("b")}}}}, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, list := mapping.Compile(provider(c.rules...), "zed")
			var got []string
			for _, f := range list {
				got = append(got, f.Slug)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}
