package apply

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rule is a rule that lets one group in.
func rule(group string) string {
	return `{"remote":[{"type":"OIDC-groups","any_one_of":["` + group + `"]}],"local":[{"user":{"name":"{0}"}}]}`
}

func TestDifferingRules(t *testing.T) {
	list := func(rules ...string) string { return "[" + strings.Join(rules, ",") + "]" }
	any := func(group string) string { return `remote {"any_one_of":["` + group + `"],"type":"OIDC-groups"}` }
	const local = `local {"user":{"name":"{0}"}}`
	cases := map[string]struct {
		before, after string
		want          []string
	}{
		"the same in another order of keys": {
			list(rule("a")), list(`{"local":[{"user":{"name":"{0}"}}],"remote":[{"any_one_of":["a"],"type":"OIDC-groups"}]}`), nil,
		},
		"one in the middle": {
			list(rule("a"), rule("b"), rule("c")), list(rule("a"), rule("x"), rule("c")),
			[]string{"rule 2", "- " + any("b"), "+ " + any("x"), "  " + local},
		},
		"a new first one moves the others only": {
			list(rule("a"), rule("b")), list(rule("x"), rule("a"), rule("b")), []string{"rule 1 is new", "+ " + any("x"), "+ " + local},
		},
		"one goes, a later one changes": {
			list(rule("a"), rule("b"), rule("c")), list(rule("b"), rule("x")),
			[]string{"rule 1 goes", "- " + any("a"), "- " + local, "rule 2, which was 3", "- " + any("c"), "+ " + any("x"), "  " + local},
		},
		"an empty list is a difference": {
			`[{"remote":[{"type":"g","whitelist":[]}],"local":[]}]`, `[{"remote":[{"type":"g"}],"local":[]}]`,
			[]string{"rule 1", `- remote {"type":"g","whitelist":[]}`, `+ remote {"type":"g"}`},
		},
		"not shaped like a rule": {`[{"x":1.0}]`, `[{"x":1}]`, []string{"rule 1", `- {"x":1.0}`, `+ {"x":1}`}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			differ, err := differing(json.RawMessage(c.before), json.RawMessage(c.after))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range differ {
				got = append(append(got, r.String()), r.Lines()...)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

func TestMarks(t *testing.T) {
	for text, want := range map[string]mark{
		"":                                {},
		"Login of corp":                   {},
		"made by fedstone":                {true, ""},
		"made by fedstone for production": {true, "production"},
		"Login (made by fedstone for production)":     {true, "production"},
		"made by fedstone for production, say people": {},
		"was made by fedstone for production":         {},
		"made by fedstone for two words":              {},
		"(made by fedstone for a) and more":           {},
		"line\n (made by fedstone for production)":    {},
	} {
		if got := markOf(text); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
	for _, text := range []string{"", "Login of corp", "ends with )"} {
		for _, owner := range []string{"", "production"} {
			if got := markOf(sign(text, owner)); got != (mark{true, owner}) {
				t.Errorf("%q: %+v", sign(text, owner), got)
			}
		}
	}
}
