package mapping_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

// TestBothForms: rules compiled for both forms of a list give of every login what
// the plain ones give of mod_auth_openidc's form, whichever module brings it.
func TestBothForms(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 10))
	debian, _ := platform.ByName("debian-12")
	held := 0
	for range 600 {
		idp := provider(someRule(r), someRule(r))
		plain := processorOf(t, idp)
		idp.Bearer.ListsAsJSON = true
		both := processorOf(t, idp)
		browser, _ := mapping.RenderedModule(debian.Module, claims.Bearer)
		bearer, _ := mapping.BearerModule(debian, idp)
		login := someLogin(t, r)
		want, decided := evaluate(plain, assertionOf(browser, login))
		if !decided {
			continue
		}
		if len(want.Groups) > 0 {
			held++
		}
		for _, m := range []claims.Module{browser, bearer} {
			got, _ := evaluate(both, assertionOf(m, login))
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				text, _ := mustCompile(t, idp).Bytes()
				t.Fatalf("by %s: %s\nfrom %s\n(-want +got):\n%s", m.Name, text, login, diff)
			}
		}
	}
	if held < 60 {
		t.Errorf("%d logins had groups: too few to tell anything", held)
	}
}

func mustCompile(t *testing.T, idp spec.IdentityProvider) mapping.Mapping {
	t.Helper()
	m, list := mapping.Compile(idp, "zed")
	if list.HasErrors() {
		t.Fatal(list)
	}
	return m
}

func processorOf(t *testing.T, idp spec.IdentityProvider) *engine.Processor {
	t.Helper()
	text, err := mustCompile(t, idp).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	doc, list := engine.Read("compiled", text)
	if list = append(list, engine.Check(doc, engine.Options{Release: "zed"})...); list.HasErrors() {
		t.Fatalf("%v\n%s", list, text)
	}
	p, err := engine.New(doc, engine.Options{Release: "zed"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func assertionOf(m claims.Module, login []byte) map[string]string {
	c, _ := claims.Read("login", login)
	return claims.Assertion(m.Environ(c), "zed", "")
}

// oddGroups are names that JSON text, Python or an expression write otherwise.
func oddGroups() []string {
	return []string{"admins", "admin", "readers", "cloud admins", `a"b`, `a\b`, `a, "admins`, "a.b", "a+b", "[x]", "é", "0", "1"}
}

func some(r *rand.Rand, from []string) []string {
	var out []string
	for _, s := range from {
		if r.IntN(3) == 0 {
			out = append(out, s)
		}
	}
	return out
}

func someRule(r *rand.Rand) spec.Rule {
	rule := spec.Rule{User: user("{preferred_username}")}
	for _, op := range []spec.Operator{spec.AnyOf, spec.NoneOf} {
		if values := some(r, oddGroups()); len(values) > 0 && r.IntN(2) == 0 {
			rule.When = append(rule.When, when("groups", op, values...))
		}
	}
	if r.IntN(3) == 0 {
		rule.When = append(rule.When, when("verified", spec.AnyOf, []string{"0", "1"}[r.IntN(2)]))
	}
	switch r.IntN(4) {
	case 0:
		rule.Groups = []spec.RuleGroup{{Name: text("fixed")}}
	case 1:
		rule.GroupsBy = text("{groups}")
	case 2:
		rule.GroupIDs = text("{groups}")
	}
	if values := some(r, oddGroups()); len(values) > 0 && rule.Groups == nil && (rule.GroupsBy.Given() || rule.GroupIDs.Given()) {
		rule.Filters = []spec.Filter{{Claim: text("groups"), Values: list(values...)}}
	} else {
		rule.GroupsBy, rule.GroupIDs = spec.Text{}, spec.Text{}
	}
	return rule
}

func someLogin(t *testing.T, r *rand.Rand) []byte {
	t.Helper()
	login := map[string]any{"iss": "https://sso.example.org", "sub": "s", "preferred_username": "alice", "groups": some(r, oddGroups())}
	switch r.IntN(6) {
	case 0:
		delete(login, "groups")
	case 1:
		login["groups"] = "admins"
	case 2:
		login["groups"] = []any{"admins", true, 7}
	case 3:
		login["groups"] = [][]any{{}, {""}, {7, nil}, {"", "admins"}}[r.IntN(4)]
	}
	if r.IntN(2) == 0 {
		login["verified"] = r.IntN(2) == 0
	}
	out, err := json.Marshal(login)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestBothFormsRefuse: what no rule can say of both forms is refused, where it stands.
func TestBothFormsRefuse(t *testing.T) {
	groups := func(f spec.Filter) spec.Rule {
		f.Claim = text("groups")
		return spec.Rule{User: user("{sub}"), GroupsBy: text("{groups}"), Filters: []spec.Filter{f}}
	}
	for name, c := range map[string]struct {
		rule   spec.Rule
		refuse bool
	}{
		"an expression on a list": {spec.Rule{When: []spec.Condition{when("groups", spec.Matches, "^a")}, User: user("{sub}")}, true},
		"an expression on a text": {spec.Rule{When: []spec.Condition{when("email", spec.Matches, "@example.org$")}, User: user("{sub}")}, false},
		"the word of a boolean":   {spec.Rule{When: []spec.Condition{when("admin", spec.AnyOf, "true")}, User: user("{sub}")}, true},
		"all groups but some":     {groups(spec.Filter{Except: true, Values: list("a")}), true},
		"groups by an expression": {groups(spec.Filter{Matches: true, Values: list("^a")}), true},
		"some groups":             {groups(spec.Filter{Values: list("a")}), false},
		"a variable of httpd's":   {spec.Rule{When: []spec.Condition{when("env(REMOTE_USER)", spec.Matches, "^a")}, User: user("{sub}")}, false},
	} {
		idp := provider(c.rule)
		idp.Bearer.ListsAsJSON = true
		_, found := mapping.Compile(idp, "zed")
		var slugs []string
		for _, f := range found {
			slugs = append(slugs, f.Slug)
		}
		if slices.Contains(slugs, "list-in-two-forms") != c.refuse {
			t.Errorf("%s: %v", name, slugs)
		}
	}
}
