package iam_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/iam"
	"github.com/fedstone/fedstone/internal/spec"
)

// provider loads a description with these rules.
func provider(t *testing.T, rules string) spec.IdentityProvider {
	t.Helper()
	const head = "version: 1\nkeystone: {url: https://iam.eu-de.otc.t-systems.com}\nplatform: otc-iam\nidentity_providers:\n" +
		"  corp:\n    issuer: https://sso.example.org\n    client: {id: cloud}\n    "
	f, list := spec.Load("f.yaml", []byte(head+rules+"\n"))
	if list.HasErrors() {
		t.Fatal(list)
	}
	return f.IdentityProviders[0]
}

func TestCompile(t *testing.T) {
	cases := map[string]struct{ rules, want string }{
		"a name": {`rules: [{user: {name: "{preferred_username}"}}]`,
			`[{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"preferred_username"}]}]`},
		"a name of two claims, a group": {`rules: [{user: {name: "{given_name} {family_name}"}, groups: [ops]}]`,
			`[{"local":[{"user":{"name":"{0} {1}"}},{"group":{"name":"ops"}}],"remote":[{"type":"given_name"},{"type":"family_name"}]}]`},
		"conditions take no number": {`rules: [{when: {dept: {any_of: [it, qa]}, kind: {none_of: [guest]}}, user: {name: "{sub}"}}]`,
			`[{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"sub"},{"type":"dept","any_one_of":["it","qa"]},{"type":"kind","not_any_of":["guest"]}]}]`},
		"groups of a claim": {`rules: [{user: {name: "{sub}"}, groups: "{groups}"}]`,
			`[{"local":[{"user":{"name":"{0}"}},{"groups":"{1}"}],"remote":[{"type":"sub"},{"type":"groups"}]}]`},
		"everybody": {`rules: [{user: {name: guest}}]`, `[{"local":[{"user":{"name":"guest"}}],"remote":[{"type":"iss"}]}]`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			m, list := iam.Compile(provider(t, c.rules))
			got, err := json.Marshal(m.Rules)
			if diff := cmp.Diff(c.want, string(got)); diff != "" || err != nil || len(list) > 0 {
				t.Errorf("rules (-want +got):\n%s%v %v", diff, list, err)
			}
		})
	}
}

// TestCompileRefuses: what only Keystone's mapping can say, at its line and column.
func TestCompileRefuses(t *testing.T) {
	for rules, want := range map[string]string{
		`rules: [{when: {g: {matches: ["^a"]}}, user: {name: "{sub}"}}]`:            "8:34 compares whole values",
		`rules: [{user: {name: "{sub}"}, groups: "{groups}", only: {groups: [a]}}]`: "8:64 no filter",
		`rules: [{user: {name: "{sub}"}, projects: [{name: p, roles: [r]}]}]`:       "8:48 no projects",
		`rules: [{user: {name: "{sub}"}, group_ids: "{gids}"}]`:                     "8:48 group_ids",
		`rules: [{user: {name: "{sub}"}, groups: [{id: "0cd5e9"}]}]`:                "8:51 id of a group",
		`rules: [{user: {name: "{sub}"}, groups: [{name: a, domain: d}]}]`:          "8:64 domain",
		`rules: [{user: {id: "{sub}"}}]`:                                            "8:20 no name|8:25 user.id",
		`rules: [{user: {name: "{sub}", email: "{email}"}}]`:                        "8:43 user.email",
		`rules: [{user: {name: "{env(REMOTE_USER)}"}}]`:                             "8:27 variable",
		`rules: [{user: {name: "{sub}@corp"}}]`:                                     "8:27 '@'",
		`rules: [{user: {name: "{sub}"}, groups: [7up]}]`:                           "8:46 digit",
	} {
		_, list := iam.Compile(provider(t, rules))
		wanted := strings.Split(want, "|")
		if len(list) != len(wanted) {
			t.Errorf("%s: %d findings, want %d: %v", rules, len(list), len(wanted), list)
			continue
		}
		for i, w := range wanted {
			if place, words, _ := strings.Cut(w, " "); at(list[i]) != place || !strings.Contains(list[i].Message, words) {
				t.Errorf("%s: %s %s, want %s", rules, at(list[i]), list[i].Message, w)
			}
		}
	}
}

func at(f finding.Finding) string { return fmt.Sprintf("%d:%d", f.At.Start.Line, f.At.Start.Column) }

func TestHandWrittenMapping(t *testing.T) {
	const good = `[{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"sub"}]}]`
	for text, want := range map[string]string{
		good:                     "",
		`{"rules":` + good + `}`: "",
		`{"rules":[]}`:           "no rules",
		`[{"local":[{"user":{"name":"{0}","domain":{"name":"d"}}}],"remote":[{"type":"sub"}]}]`:               `unknown field "domain"`,
		`[{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"sub","whitelist":["a"]}]}]`:                   `unknown field "whitelist"`,
		`[{"local":[{"user":{"name":"{0}"}}],"remote":[{"type":"g","any_one_of":["a"],"not_any_of":["b"]}]}]`: "rule 1: any_one_of and not_any_of",
		`[{"local":[],"remote":[{"type":"sub"}]}]`:                                                            "rule 1: local or remote is empty",
		`[{"local":[{"user":{"name":"x"}}],"remote":[{}]}]`:                                                   "no type",
		`not json`: "invalid character",
	} {
		path := filepath.Join(t.TempDir(), "m.json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, list, err := iam.MappingFor(provider(t, "mapping: "+path), ".")
		switch {
		case err != nil, (want == "") != (len(list) == 0):
			t.Errorf("%s: %v %v, want %q", text, list, err, want)
		case want != "" && (!strings.Contains(list[0].Message, want) || at(list[0]) != "8:14"):
			t.Errorf("%s: %s %s, want %q", text, at(list[0]), list[0].Message, want)
		}
	}
}
