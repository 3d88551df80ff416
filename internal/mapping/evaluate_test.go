package mapping_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/spec"
)

// TestEvaluate holds the evaluator to the cases that Keystone confirms in
// TestKeystoneAgrees.
func TestEvaluate(t *testing.T) {
	for name, c := range logincases() {
		m, _ := mapping.Compile(provider(c.rules...), "zed")
		for i, l := range c.logins {
			got, err := evaluate(m, l.claims)
			if err != nil {
				t.Fatalf("%s %d: %v", name, i+1, err)
			}
			if diff := cmp.Diff(l.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s %d (-want +got):\n%s", name, i+1, diff)
			}
		}
	}
}

// evaluate gives our answer in the oracle's form; the error is an Undecidable.
func evaluate(m mapping.Mapping, claims map[string]string) (answer, error) {
	a := mapping.Assertion{}
	for name, value := range claims {
		a[name] = strings.Split(value, ";")
	}
	got, err := m.Evaluate(a)
	var refused mapping.Refused
	switch {
	case errors.As(err, &refused):
		return answer{Error: "ValidationError"}, nil
	case err != nil:
		return answer{}, err
	}
	out := answer{User: map[string]string{}}
	for key, value := range map[string]string{"name": got.User.Name, "id": got.User.ID, "email": got.User.Email} {
		if value != "" {
			out.User[key] = value
		}
	}
	for _, g := range got.Groups {
		out.Groups = append(out.Groups, g.Name+"@"+g.Domain.Name)
	}
	slices.Sort(out.Groups)
	for _, p := range got.Projects {
		for _, r := range p.Roles {
			out.Projects = append(out.Projects, p.Name+"/"+r.Name)
		}
	}
	return out, nil
}

// TestEvaluateAgainstKeystone asks both about generated logins. What we call
// undecidable is not compared, but may not be the rule.
func TestEvaluateAgainstKeystone(t *testing.T) {
	python := keystonePython(t)
	random := rand.New(rand.NewPCG(1, 2))
	var logins []login
	var ours []answer
	undecidable := 0
	for _, c := range logincases() {
		m, _ := mapping.Compile(provider(c.rules...), "zed")
		for range 300 {
			claims := randomClaims(random)
			got, err := evaluate(m, claims)
			if err != nil {
				undecidable++
				continue
			}
			logins, ours = append(logins, login{m, claims}), append(ours, got)
		}
	}
	if undecidable > len(logins)/2 {
		t.Fatalf("%d logins undecidable, %d compared", undecidable, len(logins))
	}
	for i, want := range ask(t, python, logins) {
		if diff := cmp.Diff(want, ours[i], cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%v (-Keystone +ours):\n%s", logins[i].Assertion, diff)
		}
	}
	t.Logf("%d compared, %d undecidable", len(logins), undecidable)
}

// randomClaims picks among the values that the cases' rules ask for, and odd ones.
func randomClaims(random *rand.Rand) map[string]string {
	vocabulary := []string{"admins", "ops", "banned", "users", "readers", "wheel", "vip", "x", "", " users", "Users", "my name", "domain", "a'b", `a"b`,
		"['users']", "[users", "{0}", "{", "JSON:x", "ü", "ann@example.org", "svc-a"}
	claims := map[string]string{}
	for _, claim := range []string{"sub", "iss", "email", "groups", "https://example.org/name"} {
		if random.IntN(10) == 0 {
			continue
		}
		values := []string{vocabulary[random.IntN(len(vocabulary))]}
		for claim == "groups" && random.IntN(3) > 0 {
			values = append(values, vocabulary[random.IntN(len(vocabulary))])
		}
		claims["OIDC-"+claim] = strings.Join(values, ";")
	}
	return claims
}

// keystonePython is the distribution's Python, which has Keystone's package.
func keystonePython(t *testing.T) string {
	t.Helper()
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "import keystone.federation.utils").Run() == nil {
		return python
	}
	if os.Getenv("FEDSTONE_REQUIRE_LAB") == "1" {
		t.Fatal("Keystone's Python package is needed (python3-keystone)")
	}
	t.Skip("no Keystone here (python3-keystone)")
	return ""
}

func TestExpect(t *testing.T) {
	m, _ := mapping.Compile(provider(
		spec.Rule{When: []spec.Condition{when("groups", spec.AnyOf, "admins")}, User: user("{sub}"), Groups: list("ops"), Projects: []spec.Grant{{Project: text("p"), Roles: list("member", "reader")}}},
	), "zed")
	claims := map[string]any{"sub": "ann", "groups": []any{"admins", "other"}}
	cases := map[string]struct {
		claims, want map[string]any
		differences  []string
	}{
		"all as wished":           {claims, map[string]any{"user": "ann", "id": "ann", "groups": []any{"ops"}, "projects": []any{"p/reader", "p/member"}}, nil},
		"only what is asked":      {claims, map[string]any{}, nil},
		"another user":            {claims, map[string]any{"user": "bob"}, []string{"user: want bob, got ann"}},
		"a group too few":         {claims, map[string]any{"groups": []any{"ops", "dev"}}, []string{"groups: want [dev ops], got [ops]"}},
		"no projects":             {claims, map[string]any{"projects": []any{}}, []string{"projects: want [], got [p/member p/reader]"}},
		"refused as wished":       {map[string]any{"sub": "ann"}, map[string]any{"refused": true}, nil},
		"not refused":             {claims, map[string]any{"refused": true}, []string{`want: refused; got: user "ann"`}},
		"refused, but not wished": {map[string]any{"sub": "ann"}, map[string]any{"user": "ann"}, []string{"Keystone refuses the login: no rule holds for these claims"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			claims, err := json.Marshal(c.claims)
			if err != nil {
				t.Fatal(err)
			}
			got, err := m.Expect(spec.Test{Claims: claims, Want: c.want})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.differences, got); diff != "" {
				t.Errorf("differences (-want +got):\n%s", diff)
			}
		})
	}
}

// TestFromClaims says how claims become the environment; the lab's Keystone has
// seen the same of mod_auth_openidc.
func TestFromClaims(t *testing.T) {
	got := mapping.FromClaims(map[string]any{
		"s": "text", "list": []any{"a", "b"}, "empty": []any{}, "yes": true, "no": false, "n": 7, "null": nil, "object": map[string]any{"k": "v"},
	})
	want := mapping.Assertion{
		"OIDC-s": {"text"}, "OIDC-list": {"a", "b"}, "OIDC-empty": {""}, "OIDC-yes": {"1"}, "OIDC-no": {"0"}, "OIDC-n": {"7"}, "OIDC-object": {`{"k":"v"}`},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("assertion (-want +got):\n%s", diff)
	}
}

func TestUndecidable(t *testing.T) {
	text := func(s string) *string { return &s }
	cases := map[string]mapping.Local{
		"several values in a text": {User: &mapping.User{Name: "{0}"}},
		"a placeholder too far":    {User: &mapping.User{Name: "{9}"}},
		"a named placeholder":      {User: &mapping.User{Name: "{sub}"}},
		"a lone brace":             {User: &mapping.User{Name: "a}"}},
		"an open brace":            {User: &mapping.User{Name: "{0"}},
		"group ids":                {GroupIDs: text("{0}")},
		"a local user":             {User: &mapping.User{Name: "a", Type: "local"}},
	}
	for name, local := range cases {
		t.Run(name, func(t *testing.T) {
			m := mapping.Mapping{Rules: []mapping.Rule{{Local: []mapping.Local{local}, Remote: []mapping.Remote{{Type: "OIDC-sub"}}}}}
			_, err := m.Evaluate(mapping.Assertion{"OIDC-sub": {"a", "b"}})
			var undecidable mapping.Undecidable
			if !errors.As(err, &undecidable) {
				t.Errorf("got %v, want an Undecidable", fmt.Sprint(err))
			}
		})
	}
}
