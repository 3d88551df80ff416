package suite

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	admin  = "claims: {sub: ann, email: ann@x, groups: [admins, chess]}\n"
	nobody = "claims: {sub: ann}\n"
)

func TestWants(t *testing.T) {
	cases := map[string]struct {
		test string
		want []string
	}{
		"all as wished": {admin + `want: {user: ann, id: id/ann, email: ann@x, type: ephemeral, rules: [2, 1], refused: false, undecidable: false, status: 201,
  groups: [chess, "{id: 0abc}", all@d1], group_ids: [0abc], projects: [ops/reader, ops/member]}`, nil},
		"only what is asked":          {admin + "want: {}", nil},
		"groups by keys":              {admin + "want: {groups: [{name: chess, domain: corp}, {id: 0abc}, {name: all}]}", nil},
		"a group by its bare id":      {admin + "want: {groups: [chess, 0abc, all]}", nil},
		"groups by id apart":          {admin + "want: {groups: [chess, all], group_ids: [0abc]}", nil},
		"a group of another domain":   {admin + "want: {groups: [chess@x, all], group_ids: [0abc]}", []string{"groups: want [all chess@x], got [all chess]"}},
		"another user":                {admin + "want: {user: bob}", []string{"user: want bob, got ann"}},
		"no email":                    {admin + `want: {email: ""}`, []string{`email: want "", got ann@x`}},
		"a group too few and no ids":  {admin + "want: {groups: [chess, dev, all], group_ids: []}", []string{"groups: want [all chess dev], got [all chess]", "group_ids: want [], got [0abc]"}},
		"no projects":                 {admin + "want: {projects: []}", []string{"projects: want [], got [ops/member ops/reader]"}},
		"other rules":                 {admin + "want: {rules: [1]}", []string{"rules: want [1], got [1 2]"}},
		"refused as wished":           {nobody + "want: {refused: true, error: ValidationError, status: 401, rules: []}", nil},
		"not refused":                 {admin + "want: {refused: true}", []string{"refused: want true, got false"}},
		"refused, but not wished":     {nobody + "want: {user: ann}", []string{"Keystone refuses the login: no rule holds for these claims: could not map any federated user properties to identity values"}},
		"refused, and nothing wished": {nobody + "want: {}", []string{"Keystone refuses the login: no rule holds for these claims: could not map any federated user properties to identity values"}},
		"refused, and that not":       {nobody + "want: {refused: false}", []string{"Keystone refuses the login: no rule holds for these claims: could not map any federated user properties to identity values"}},
		"an exception as wished":      {"environment: {OIDC-break: index}\nwant: {error: DirectMappingError, status: 500, refused: false}", nil},
		"an exception that refuses":   {"environment: {OIDC-break: index}\nwant: {refused: true}", []string{"refused: want true, got false"}},
		"another exception":           {"environment: {OIDC-break: index}\nwant: {error: TypeError}", []string{"error: want TypeError, got DirectMappingError"}},
		"an exception instead of 201": {"environment: {OIDC-break: index}\nwant: {status: 201}", []string{"Keystone answers 500 (DirectMappingError): a placeholder {3}, but the rule has 0 direct entries (any_one_of and not_any_of are not counted)"}},
		"no exception":                {admin + "want: {error: TypeError, status: 400}", []string{`error: want TypeError, got ""`, "status: want 400, got 201"}},
		"a name by REMOTE_USER":       {"claims: {sub: ann, groups: x}\nwant: {user: ann, id: ann}", nil},
		"decided":                     {admin + "want: {undecidable: true}", []string{"undecidable: want true, got false"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, texts(single(t, testFile(c.test)))); diff != "" {
				t.Errorf("differences (-want +got):\n%s", diff)
			}
		})
	}
}

// TestUndecidable: a text made of a set of two values.
func TestUndecidable(t *testing.T) {
	const rules = `[{"remote": [{"type": "g", "whitelist": ["a", "b"]}], "local": [{"user": {"name": "{0}"}}]}]`
	for want, differs := range map[string]bool{"{}": true, "{undecidable: true}": false, "{refused: true}": true, "{undecidable: true, rules: [1]}": false, "{undecidable: true, user: a}": false, "{undecidable: false}": true} {
		t.Run(want, func(t *testing.T) {
			files(t, map[string]string{"rules.json": rules, "a.test.yaml": testFile("environment: {g: a;b}\nwant: " + want)})
			r := sound(t, "a.test.yaml").Run(nil).Results[0]
			if r.OK() == differs {
				t.Fatalf("differences %v", texts(r))
			}
			if differs && !strings.HasPrefix(texts(r)[0], "cannot be decided: ") {
				t.Errorf("differences %v", texts(r))
			}
		})
	}
}

// TestLines says how a difference is drawn: both sides as YAML.
func TestLines(t *testing.T) {
	cases := map[string]struct {
		want, got any
		lines     []string
	}{
		"texts":         {"a", "b", []string{"- k: a", "+ k: b"}},
		"an empty text": {"", "b", []string{`- k: ""`, "+ k: b"}},
		"numbers":       {401, 500, []string{"- k: 401", "+ k: 500"}},
		"lists":         {[]any{"c", "a"}, []any{"b", "a"}, []string{"  k:", "    - a", "-   - c", "+   - b"}},
		"nothing came":  {[]any{"a"}, []any{}, []string{"  k:", "-   - a"}},
		"nothing asked": {[]any{}, []any{"a"}, []string{"  k:", "+   - a"}},
		"rules":         {[]any{10, 9}, []any{9}, []string{"  k:", "    - 9", "-   - 10"}},
		"equal":         {[]any{"b", "a"}, []any{"a", "b"}, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var lines []string
			for _, d := range compare("k", c.want, c.got) {
				for _, l := range d.Lines {
					lines = append(lines, string(l.Sign)+" "+l.Text)
				}
			}
			if diff := cmp.Diff(c.lines, lines); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhy(t *testing.T) {
	cases := map[string]struct{ test, want string }{
		"a value that is nearly the one": {"claims: {sub: ann, email: e, groups: [admin]}\nwant: {projects: [ops/member, ops/reader]}",
			`rule 1 (rules.json:2:3) stops at OIDC-groups any_one_of [admins, ops], which came as [admin]; "admin" came: did you mean that?`},
		"a claim that did not come": {"claims: {sub: ann, groups: [admins]}\nwant: {projects: []}" + "\n", ""},
		"the rule that came farthest": {"claims: {sub: ann, Email: e, groups: [admins]}\nwant: {projects: [ops/member]}",
			`rule 1 (rules.json:2:3) stops at OIDC-email, which did not come; "OIDC-Email" came: did you mean that?`},
		"let in":      {admin + "want: {refused: true}", "rule 1 (rules.json:2:3), rule 2 (rules.json:5:3) held"},
		"too much":    {"claims: {sub: ann, groups: [x]}\nwant: {groups: [all], group_ids: [0abc]}", "rule 2 (rules.json:5:3) held"},
		"passed over": {admin + "want: {id: ann}", "rule 2 (rules.json:5:3): user passed over: rule 1 has named the user"},
		"refused": {"claims: {subb: ann}\nwant: {user: ann}",
			`rule 1 (rules.json:2:3) stops at OIDC-groups any_one_of [admins, ops], which did not come`},
		"raised": {"environment: {OIDC-break: index}\nwant: {user: ann}", "rule 3 (rules.json:8:3) ends the login"},
		"raised, and asked for otherwise": {"environment: {OIDC-break: index}\nwant: {refused: true}",
			"rule 3 (rules.json:8:3) ends the login; Keystone answers 500 (DirectMappingError): a placeholder {3}, but the rule has 0 direct entries (any_one_of and not_any_of are not counted)"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, single(t, testFile(c.test)).Why); diff != "" {
				t.Errorf("why (-want +got):\n%s", diff)
			}
		})
	}
}
