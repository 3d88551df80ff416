package mapping_test

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/spec"
)

// askKeystone asks Keystone's own engine: mappings and assertions in, one answer for
// each out. Sets are sorted.
const askKeystone = `
import json, sys
import keystone.conf
from keystone.federation import utils
keystone.conf.configure()
keystone.conf.CONF([], project="keystone", default_config_files=[])
answers = []
for case in json.load(sys.stdin):
    try:
        utils.validate_mapping_structure(case["mapping"])
        got = utils.RuleProcessor("m", case["mapping"]["rules"]).process(case["assertion"])
        user = {k: v for k, v in got["user"].items() if v and k in ("name", "id", "email")}
        of = lambda d: d["name"] if "name" in d else "#" + d["id"]
        if got["user"]["type"] == "local":
            user["type"] = "local"
        if got["user"].get("domain"):
            user["domain"] = of(got["user"]["domain"])
        groups = sorted(set([g["name"] + "@" + of(g["domain"]) for g in got["group_names"]] + ["#" + i for i in got["group_ids"]]))
        projects = [p["name"] + "/" + r["name"] for p in got["projects"] for r in p["roles"]]
        answers.append({"user": user, "groups": groups, "projects": projects})
    except Exception as e:
        answers.append({"error": type(e).__name__})
json.dump(answers, sys.stdout)
`

// answer is what Keystone makes of one login.
type answer struct {
	User     map[string]string `json:"user,omitempty"`
	Groups   []string          `json:"groups,omitempty"`
	Projects []string          `json:"projects,omitempty"`
	Error    string            `json:"error,omitempty"`
}

type login struct {
	Mapping   mapping.Mapping   `json:"mapping"`
	Assertion map[string]string `json:"assertion"`
}

// TestKeystoneAgrees holds compiled rules against the engine they are made for.
func TestKeystoneAgrees(t *testing.T) {
	python := keystonePython(t)
	var names []string
	var logins []login
	var want []answer
	for name, c := range logincases() {
		m, list := mapping.Compile(provider(c.rules...), "zed")
		if list.HasErrors() {
			t.Fatalf("%s: %v", name, list)
		}
		for i, l := range c.logins {
			names, want = append(names, name+" "+string(rune('1'+i))), append(want, l.want)
			logins = append(logins, login{m, l.claims})
		}
	}
	for i, got := range ask(t, python, logins) {
		if diff := cmp.Diff(want[i], got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", names[i], diff)
		}
	}
}

func ask(t *testing.T, python string, logins []login) []answer {
	t.Helper()
	input, err := json.Marshal(logins)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "-c", askKeystone)
	cmd.Stdin = bytes.NewReader(input)
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("Keystone: %v\n%s", err, problems.String())
	}
	var answers []answer
	if err := json.Unmarshal(out, &answers); err != nil || len(answers) != len(logins) {
		t.Fatalf("Keystone gave %d answers, %v, want %d", len(answers), err, len(logins))
	}
	return answers
}

type logincase struct {
	rules  []spec.Rule
	logins []oneLogin
}

type oneLogin struct {
	claims map[string]string
	want   answer
}

func named(name string) map[string]string { return map[string]string{"name": name} }

func logincases() map[string]logincase {
	refused := answer{Error: "ValidationError"}
	only := func(values ...string) []spec.Filter {
		return []spec.Filter{{Claim: text("groups"), Values: list(values...)}}
	}
	except := []spec.Filter{{Claim: text("groups"), Except: true, Values: list("wheel")}}
	projects := []spec.Grant{{Project: text("{sub}-home"), Roles: list("member", "reader")}, {Project: text("shared"), Roles: list("reader")}}
	return map[string]logincase{
		"conditions": {
			[]spec.Rule{{When: []spec.Condition{when("groups", spec.AnyOf, "admins", "ops"), when("groups", spec.NoneOf, "banned")}, User: &spec.User{Name: text("{sub}"), ID: text("{iss}#{sub}"), Email: text("{email}")}, Projects: projects}},
			[]oneLogin{
				{map[string]string{"OIDC-sub": "ann", "OIDC-iss": "i", "OIDC-email": "a@x", "OIDC-groups": "x;ops"}, answer{User: map[string]string{"name": "ann", "id": "i#ann", "email": "a@x"}, Projects: []string{"ann-home/member", "ann-home/reader", "shared/reader"}}},
				{map[string]string{"OIDC-sub": "ann", "OIDC-iss": "i", "OIDC-email": "a@x", "OIDC-groups": "ops;banned"}, refused},
				{map[string]string{"OIDC-sub": "ann", "OIDC-iss": "i", "OIDC-groups": "ops"}, refused},
				{map[string]string{"OIDC-sub": "ann", "OIDC-iss": "i", "OIDC-email": "a@x"}, refused},
			},
		},
		"expressions": {
			[]spec.Rule{{When: []spec.Condition{when("email", spec.Matches, `@example\.org$`), when("sub", spec.MatchesNone, "^svc-")}, User: user("{sub}")}},
			[]oneLogin{
				{map[string]string{"OIDC-sub": "ann", "OIDC-email": "ann@example.org"}, answer{User: named("ann")}},
				{map[string]string{"OIDC-sub": "svc-ann", "OIDC-email": "ann@example.org"}, refused},
				{map[string]string{"OIDC-sub": "ann", "OIDC-email": "ann@example.org.evil"}, refused},
			},
		},
		"groups, only some": {
			[]spec.Rule{{User: user("{sub}"), GroupsBy: text("{groups}"), Filters: only("users", "readers")}},
			[]oneLogin{
				{map[string]string{"OIDC-sub": "ann", "OIDC-groups": "users;wheel;readers"}, answer{User: named("ann"), Groups: []string{"readers@corp", "users@corp"}}},
				{map[string]string{"OIDC-sub": "ann", "OIDC-groups": "users"}, answer{User: named("ann"), Groups: []string{"users@corp"}}},
				{map[string]string{"OIDC-sub": "ann", "OIDC-groups": "wheel"}, answer{User: named("ann")}},
				{map[string]string{"OIDC-sub": "ann", "OIDC-groups": "['users', 'readers']"}, answer{User: named("ann")}},
				{map[string]string{"OIDC-sub": "ann"}, refused},
			},
		},
		"groups, all but some": {
			[]spec.Rule{{User: user("{sub}"), GroupsBy: text("{groups}"), Filters: except}},
			[]oneLogin{{map[string]string{"OIDC-sub": "ann", "OIDC-groups": "users;wheel"}, answer{User: named("ann"), Groups: []string{"users@corp"}}}},
		},
		"fixed groups with braces": {
			[]spec.Rule{{User: user("{sub}"), Groups: groupList("ops", "a{0}b")}},
			[]oneLogin{{map[string]string{"OIDC-sub": "ann"}, answer{User: named("ann"), Groups: []string{"a{0}b@corp", "ops@corp"}}}},
		},
		"a claim as condition, as groups and filtered": {
			[]spec.Rule{{When: []spec.Condition{when("groups", spec.AnyOf, "vip")}, User: user("{sub}"), GroupsBy: text("{groups}"), Filters: only("users")}},
			[]oneLogin{{map[string]string{"OIDC-sub": "ann", "OIDC-groups": "vip;users"}, answer{User: named("ann"), Groups: []string{"users@corp"}}}},
		},
		"several rules hold": {
			[]spec.Rule{
				{When: []spec.Condition{when("groups", spec.AnyOf, "admins")}, User: user("{sub} (admin)"), Projects: []spec.Grant{{Project: text("ops"), Roles: list("member")}}},
				{User: user("{sub}"), Groups: groupList("everybody")},
			},
			[]oneLogin{
				{map[string]string{"OIDC-sub": "ann", "OIDC-groups": "admins"}, answer{User: named("ann (admin)"), Groups: []string{"everybody@corp"}, Projects: []string{"ops/member"}}},
				{map[string]string{"OIDC-sub": "bob", "OIDC-groups": ""}, answer{User: named("bob"), Groups: []string{"everybody@corp"}}},
			},
		},
		"everybody is a guest": {
			[]spec.Rule{{User: user("guest")}},
			[]oneLogin{{map[string]string{"OIDC-iss": "i"}, answer{User: named("guest")}}},
		},
		"an empty condition holds for nobody": {
			[]spec.Rule{{When: []spec.Condition{when("groups", spec.AnyOf)}, User: user("{sub}")}},
			[]oneLogin{{map[string]string{"OIDC-sub": "ann", "OIDC-groups": "x"}, refused}},
		},
		"groups by id, and of other domains": {
			[]spec.Rule{{User: user("{sub}"), Groups: []spec.RuleGroup{{ID: text("0cd{5}")}, {Name: text("ops"), Domain: spec.Domain{Name: text("other")}}, {Name: text("ops"), Domain: spec.Domain{ID: text("d1")}}, {Name: text("ops")}}}},
			[]oneLogin{{map[string]string{"OIDC-sub": "ann"}, answer{User: named("ann"), Groups: []string{"#0cd{5}", "ops@#d1", "ops@corp", "ops@other"}}}},
		},
		"groups of another domain, and group ids, by expressions": {
			[]spec.Rule{{User: user("{sub}"), GroupsBy: text("{groups}"), GroupsIn: spec.Domain{ID: text("d1")}, GroupIDs: text("{gids}"), Filters: []spec.Filter{
				{Claim: text("groups"), Values: list("^cloud-"), Matches: true}, {Claim: text("gids"), Values: list("^x"), Except: true, Matches: true}}}},
			[]oneLogin{
				{map[string]string{"OIDC-sub": "ann", "OIDC-groups": "cloud-a;not-cloud-b;cloud-c", "OIDC-gids": "x1;y2;y3"}, answer{User: named("ann"), Groups: []string{"#y2", "#y3", "cloud-a@#d1", "cloud-c@#d1"}}},
				{map[string]string{"OIDC-sub": "ann", "OIDC-groups": "a", "OIDC-gids": "x1"}, answer{User: named("ann")}},
				{map[string]string{"OIDC-sub": "ann", "OIDC-groups": "cloud-a", "OIDC-gids": "y1"}, answer{User: named("ann"), Groups: []string{"#y1", "cloud-a@#d1"}}},
				{map[string]string{"OIDC-sub": "ann", "OIDC-groups": "cloud-a"}, refused},
			},
		},
		"one claim for groups and group ids": {
			[]spec.Rule{{User: user("{sub}"), GroupsBy: text("{groups}"), GroupIDs: text("{groups}"), Filters: except}},
			[]oneLogin{{map[string]string{"OIDC-sub": "ann", "OIDC-groups": "users;wheel"}, answer{User: named("ann"), Groups: []string{"#users", "users@corp"}}}},
		},
		"a local user": {
			[]spec.Rule{{User: &spec.User{Name: text("{env(REMOTE_USER)}"), Type: text("local"), Domain: spec.Domain{Name: text("{env(SSL_CLIENT_O)}")}}}},
			[]oneLogin{{map[string]string{"REMOTE_USER": "ann", "SSL_CLIENT_O": "Default"}, answer{User: map[string]string{"name": "ann", "type": "local", "domain": "Default"}}}},
		},
		"a user in a domain, by variables": {
			[]spec.Rule{{When: []spec.Condition{when("env(MELLON_g)", spec.Matches, "^a")}, User: &spec.User{ID: text("{env(MELLON_NAME_ID)}"), Domain: spec.Domain{ID: text("d1")}},
				GroupsBy: text("{env(MELLON_g)}"), Filters: []spec.Filter{{Claim: text("env(MELLON_g)"), Values: list("ab", "b")}}}},
			[]oneLogin{
				{map[string]string{"MELLON_NAME_ID": "ann", "MELLON_g": "ab;b;c"}, answer{User: map[string]string{"id": "ann", "domain": "#d1"}, Groups: []string{"ab@corp", "b@corp"}}},
				{map[string]string{"MELLON_NAME_ID": "ann", "OIDC-MELLON_g": "ab"}, refused},
			},
		},
		"claims by URL": {
			[]spec.Rule{{User: user("{https://example.org/name}")}},
			[]oneLogin{{map[string]string{"OIDC-https---example.org-name": "ann {0}"}, answer{User: named("ann {0}")}}},
		},
	}
}
