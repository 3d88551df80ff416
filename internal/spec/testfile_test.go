package spec

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const minimalTests = `mapping: rules.json
tests:
  - name: alice
    claims: {sub: alice}
    want: {user: alice}
`

func TestTestFile(t *testing.T) {
	f, _, list := loadTests("f.yaml", []byte(`mapping: federation.yaml#corp
release: 2024.1
schema: 2.0
python: 3.12
module: {name: mod_oauth2, version: 4.0, prefix: "", delimiter: ";", pass_as: both}
tests:
  - name: in the file's order, numbers as they are spelt
    claims: {z: 1.50, a: {y: 0x10, b: [true, null, 1e3, 2026-01-01, "é"]}}
    want: {user: 12, email: "", refused: false, status: 201, rules: [1, 3], type: local,
      groups: [a, b@corp, {id: x}, {name: n, domain: d}], group_ids: [], projects: [a/b/member]}
  - {name: as it stands, environment: {OIDC-sub: 12, empty: ""}, want: {undecidable: true}}
  - {name: a token, jwt: token.txt, want: {error: ValidationError}}
`))
	if len(list) > 0 {
		t.Fatal(list)
	}
	settings := []string{f.Mapping.Value, f.Release.Value, f.Schema.Value, f.Python.Value,
		f.Module.Name.Value, f.Module.Version.Value, f.Module.Prefix.Value, f.Module.Delimiter.Value, f.Module.PassAs.Value}
	if diff := cmp.Diff([]string{"federation.yaml#corp", "2024.1", "2.0", "3.12", "mod_oauth2", "4.0", "", ";", "both"}, settings); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(`{"z":1.50,"a":{"y":16,"b":[true,null,1e3,"2026-01-01","é"]}}`, string(f.Tests[0].Claims)); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
	want := map[string]any{"user": "12", "email": "", "refused": false, "status": 201, "rules": []any{1, 3}, "type": "local",
		"groups": []any{"a", "b@corp", WantedGroup{ID: "x"}, WantedGroup{Name: "n", Domain: "d"}}, "group_ids": []any{}, "projects": []any{"a/b/member"}}
	if diff := cmp.Diff(want, f.Tests[0].Want); diff != "" {
		t.Errorf("want (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{"OIDC-sub": "12", "empty": ""}, f.Tests[1].Environment); diff != "" {
		t.Errorf("environment (-want +got):\n%s", diff)
	}
	if f.Tests[2].JWT.Value != "token.txt" {
		t.Errorf("jwt %q", f.Tests[2].JWT.Value)
	}
}

func TestBadTestFiles(t *testing.T) {
	cases := map[string]struct {
		src  string
		want []string
	}{
		"empty":                {"", []string{"f.yaml empty-file"}},
		"no mapping, no tests": {"release: zed\n", []string{"1:1 missing-key", "1:1 missing-key"}},
		"all errors at once": {"maping: x\nrelease: zedd\nschema: 4.0\ntests:\n  - {nam: a, claims: {}, want: {usr: a, status: 99, rules: [0]}}\n",
			[]string{"1:1 missing-key", "1:1 unknown-key", "2:10 unknown-value", "3:9 unknown-value", "5:6 missing-key", "5:6 unknown-key", "5:33 unknown-key", "5:49 out-of-range", "5:61 out-of-range"}},
		"no login":                 {withTest("want: {}"), []string{"3:5 test-login"}},
		"two logins":               {withTest("claims: {}, environment: {}, want: {}"), []string{"3:5 test-login"}},
		"claims that are empty":    {withTest("claims: , want: {}"), []string{"3:23 empty-value"}},
		"claims that are a list":   {withTest("claims: [], want: {}"), []string{"3:23 wrong-type"}},
		"a number that JSON lacks": {withTest("claims: {a: .inf}, want: {}"), []string{"3:27 wrong-type"}},
		"a list in the environment": {withTest("environment: {OIDC-groups: [a, b]}, want: {}"),
			[]string{"3:42 wrong-type"}},
		"a token in the file":      {withTest("claims: {t: eyJhbGciOiJub25l.eyJzdWIiOiJhIn0.}, want: {}"), []string{"3:27 literal-secret"}},
		"a module nobody has":      {minimalTests + "module: {name: mod_shib, prefixx: a}\n", []string{"6:16 unknown-value", "6:26 unknown-key"}},
		"a grant without role":     {withTest("claims: {}, want: {projects: [ops]}"), []string{"3:45 wanted-project"}},
		"a group by id and name":   {withTest("claims: {}, want: {groups: [{id: a, name: b}]}"), []string{"3:43 wanted-group"}},
		"a group with another key": {withTest("claims: {}, want: {groups: [{nam: b}]}"), []string{"3:44 unknown-key"}},
		"a text for a truth":       {withTest(`claims: {}, want: {refused: "yes"}`), []string{"3:43 wrong-type"}},
		"a type of user":           {withTest(`claims: {}, want: {type: locl}`), []string{"3:40 unknown-value"}},
		"nothing":                  {withTest(`claims: {}, want: {user: , id: [a]}`), []string{"3:40 empty-value", "3:46 wrong-type"}},
		"broken":                   {"mapping: [\n", []string{"2:1 yaml-syntax"}},
		"too large":                {strings.Repeat("#", maxSize+1), []string{"f.yaml file-too-large"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, _, list := loadTests("f.yaml", []byte(c.src))
			if diff := cmp.Diff(c.want, told(list)); diff != "" {
				t.Errorf("findings (-want +got):\n%s\n%v", diff, list)
			}
		})
	}
}

// withTest is a test file of one test.
func withTest(rest string) string {
	return "mapping: rules.json\ntests:\n  - {name: a, " + rest + "}\n"
}

func TestReadTestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.test.yaml")
	if err := os.WriteFile(path, []byte(minimalTests), 0o600); err != nil {
		t.Fatal(err)
	}
	f, shown, list, err := ReadTestFile(path)
	if err != nil || len(list) > 0 || len(f.Tests) != 1 || string(shown) != minimalTests {
		t.Errorf("%v, %v, %v, %q", f, list, err, shown)
	}
	if _, _, _, err := ReadTestFile(filepath.Dir(path)); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Errorf("a folder: %v", err)
	}
}

// FuzzLoadTests: no input makes the loader of test files panic or point outside
// the file, and what it reads as claims is JSON.
func FuzzLoadTests(f *testing.F) {
	for _, src := range []string{minimalTests, "", "tests: [{want: {groups: [{id: ~}], rules: [1, x]}}]", withTest("jwt: [a], want: [b]"),
		withTest("environment: {a: {b: c}}, want: {user: *x}"), withTest("claims: {a: [1e3, 0x1F, .nan, 2026-01-01, !!str 5, ~]}, want: {}"), "module: {prefix: }\nmapping: a#b\n"} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		file, _, list := loadTests("f.yaml", src)
		for _, one := range list {
			inside(t, one.At, src)
		}
		for _, test := range file.Tests {
			if test.Claims != nil && !json.Valid(test.Claims) {
				t.Errorf("claims are no JSON: %s", test.Claims)
			}
		}
	})
}
