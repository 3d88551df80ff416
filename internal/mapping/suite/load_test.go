package suite

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/mapping"
)

// description is a federation.yaml of one identity provider; rest stands below it.
func description(rest string) string {
	return `version: 1
keystone: {url: "https://keystone.example.org:5000"}
platform: debian-12
httpd: {crypto_passphrase: {env: PASSPHRASE}}
identity_providers:
  corp:
    issuer: https://sso.example.org/realms/corp
    client: {id: keystone, secret: {env: SECRET}}
    domain: people
` + rest
}

const namedRules = `    rules:
      - when: {groups: {any_of: [admins]}}
        user: {name: "{preferred_username}", id: "{sub}"}
        projects: [{name: "{sub}-home", roles: [member]}]
      - user: {name: "{preferred_username}"}
        groups: "{groups}"
        only: {groups: [users]}
`

// jwt is a token whose signature nobody checks.
func jwt(payload string) string {
	enc := base64.RawURLEncoding.EncodeToString
	return enc([]byte(`{"alg":"RS256"}`)) + "." + enc([]byte(payload)) + "." + enc([]byte("signature"))
}

func TestLoad(t *testing.T) {
	files(t, map[string]string{
		"rules.json": rulesJSON,
		"federation.yaml": description(namedRules + `    tests:
      - {name: named, claims: {preferred_username: ann, sub: s, groups: [admins, users]}, want: {user: ann, id: s, domain: people, groups: [users@people], projects: [s-home/member]}}
`),
		"file.yaml":             description("    mapping: rules.json\n    tests: [{name: by file, claims: {sub: ann, groups: x}, want: {user: ann, domain: people, groups: [x@corp, all], group_ids: [0abc]}}]\n"),
		"deep/a.test.yaml":      "mapping: ../federation.yaml#corp\ntests: [{name: from elsewhere, claims: {preferred_username: ann, sub: s, groups: users}, want: {user: ann, groups: [users]}}]\n",
		"deep/b.test.yml":       "mapping: ../rules.json\nrelease: 2024.1\ntests: [{name: a token, jwt: ../token.txt, want: {user: ann}}, {name: REMOTE_USER, environment: {OIDC-sub: a, OIDC-groups: b, REMOTE_USER: c}, want: {user: a}}]\n",
		"deep/.git/c.test.yaml": "nonsense",
		"deep/rules.test.yam":   "nonsense",
		"token.txt":             "Bearer " + jwt(`{"sub":"ann","groups":["x"]}`) + "\n",
	})
	p := sound(t, "federation.yaml", "file.yaml", "deep", "./federation.yaml")
	want := []string{"corp: named", "corp: by file", "deep/a.test.yaml: from elsewhere", "deep/b.test.yml: a token", "deep/b.test.yml: REMOTE_USER"}
	if diff := cmp.Diff(want, p.Names()); diff != "" {
		t.Errorf("tests (-want +got):\n%s", diff)
	}
	report := p.Run(nil)
	for _, r := range report.Results {
		if !r.OK() {
			t.Errorf("%s: %v, %s", r.Test.Name, texts(r), r.Why)
		}
	}
	if some := p.Run(func(label string) bool { return strings.Contains(label, "token") }); len(some.Results) != 1 {
		t.Errorf("%d selected, want 1", len(some.Results))
	}
	var mappings []string
	for _, m := range report.Coverage.Mappings {
		mappings = append(mappings, m.Mapping)
	}
	if diff := cmp.Diff([]string{"federation.yaml#corp", "rules.json"}, mappings); diff != "" {
		t.Errorf("mappings counted together (-want +got):\n%s", diff)
	}
}

func TestLoadStdin(t *testing.T) {
	p, err := Load([]string{"-"}, strings.NewReader(description(namedRules)))
	if err != nil || p.Findings.HasErrors() || len(p.Suites) != 1 {
		t.Fatalf("%v, %v", err, p.Findings)
	}
}

func TestBadInput(t *testing.T) {
	test := func(head, test string) string { return head + "\ntests:\n  - {name: a, want: {}, " + test + "}\n" }
	cases := map[string]struct {
		files map[string]string
		want  []string
	}{
		"no mapping file":                  {map[string]string{"a.test.yaml": test("mapping: missing.json", "claims: {}")}, []string{"a.test.yaml:1:10 mapping-file"}},
		"a folder":                         {map[string]string{"a.test.yaml": test("mapping: .", "claims: {}")}, []string{"a.test.yaml:1:10 mapping-file"}},
		"no mapping file in a description": {map[string]string{"federation.yaml": description("    mapping: missing.json\n")}, []string{"federation.yaml:10:14 mapping-file"}},
		"a test file as mapping":           {map[string]string{"a.test.yaml": test("mapping: a.test.yaml", "claims: {}")}, []string{"a.test.yaml:1:10 mapping-file"}},
		"a mapping that is no JSON":        {map[string]string{"a.test.yaml": test("mapping: r.json", "claims: {}"), "r.json": "{\n  \"rules\": [}\n"}, []string{"r.json:2:13 bad-json"}},
		"a mapping that Keystone refuses":  {map[string]string{"a.test.yaml": test("mapping: r.json", "claims: {}"), "r.json": `{"rules": [{"local": [], "remote": []}]}`}, []string{"r.json:1:36 bad-mapping"}},
		"a huge mapping":                   {map[string]string{"a.test.yaml": test("mapping: r.json", "claims: {}"), "r.json": strings.Repeat(" ", mapping.MaxSize+1)}, []string{"a.test.yaml:1:10 mapping-file"}},
		"a huge test file":                 {map[string]string{"a.test.yaml": strings.Repeat("#", 9<<20)}, []string{"a.test.yaml file-too-large"}},
		"no description":                   {map[string]string{"a.test.yaml": test("mapping: none.yaml#corp", "claims: {}")}, []string{"a.test.yaml:1:10 mapping-file"}},
		"a broken description":             {map[string]string{"a.test.yaml": test("mapping: f.yaml#corp", "claims: {}"), "f.yaml": "version: [\n"}, []string{"f.yaml:2:1 yaml-syntax"}},
		"an unknown provider":              {map[string]string{"a.test.yaml": test("mapping: f.yaml#crop", "claims: {}"), "f.yaml": description(namedRules)}, []string{"a.test.yaml:1:10 unknown-provider"}},
		"a schema that the release lacks":  {map[string]string{"a.test.yaml": test("mapping: rules.json\nrelease: zed\nschema: 2.0", "claims: {}"), "rules.json": rulesJSON}, []string{"a.test.yaml:3:9 bad-mapping"}},
		"a python nobody has":              {map[string]string{"a.test.yaml": test("mapping: rules.json\npython: snake", "claims: {}"), "rules.json": rulesJSON}, []string{"a.test.yaml:2:9 unknown-value"}},
		"a python of long ago":             {map[string]string{"a.test.yaml": test("mapping: rules.json\npython: 2.7", "claims: {}"), "rules.json": rulesJSON}, []string{"a.test.yaml:2:9 unknown-value"}},
		"a version that is none":           {map[string]string{"a.test.yaml": test("mapping: rules.json\nmodule: {version: new}", "claims: {}"), "rules.json": rulesJSON}, []string{"a.test.yaml:2:9 bad-module"}},
		"a delimiter where there is none":  {map[string]string{"a.test.yaml": test(`mapping: rules.json`+"\n"+`module: {name: mod_oauth2, delimiter: ","}`, "claims: {}"), "rules.json": rulesJSON}, []string{"a.test.yaml:2:9 bad-module"}},
		"no token file":                    {map[string]string{"a.test.yaml": test("mapping: rules.json", "jwt: none.txt"), "rules.json": rulesJSON}, []string{"a.test.yaml:3:30 jwt-file"}},
		"a token that is none":             {map[string]string{"a.test.yaml": test("mapping: rules.json", "jwt: t.txt"), "rules.json": rulesJSON, "t.txt": `{"sub": "a"}`}, []string{"a.test.yaml:3:30 jwt-file"}},
		"a token of two parts":             {map[string]string{"a.test.yaml": test("mapping: rules.json", "jwt: t.txt"), "rules.json": rulesJSON, "t.txt": "a.b"}, []string{"t.txt:1:1 token-malformed"}},
		"no test files":                    {map[string]string{"dir/x.yaml": ""}, []string{"dir no-tests"}},
		"several at once":                  {map[string]string{"a.test.yaml": test("mapping: missing.json", "claims: {}"), "b.test.yaml": "maping: x"}, []string{"a.test.yaml:1:10 mapping-file", "b.test.yaml:1:1 missing-key", "b.test.yaml:1:1 missing-key", "b.test.yaml:1:1 unknown-key"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			files(t, c.files)
			var names []string
			for _, candidate := range []string{"a.test.yaml", "b.test.yaml", "federation.yaml", "dir"} {
				if _, err := os.Stat(candidate); err == nil {
					names = append(names, candidate)
				}
			}
			p, err := Load(names, nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, told(p.Findings)); diff != "" {
				t.Errorf("findings (-want +got):\n%s\n%v", diff, p.Findings)
			}
		})
	}
}

// TestTokenStaysHidden: nothing of a token is in what is said about it.
func TestTokenStaysHidden(t *testing.T) {
	files(t, map[string]string{"rules.json": rulesJSON, "a.test.yaml": testFile("jwt: t.txt\nwant: {user: bob}"), "t.txt": jwt(`{"sub":"ann"`)})
	p, err := Load([]string{"a.test.yaml"}, nil)
	if err != nil || !p.Findings.HasErrors() {
		t.Fatalf("%v, %v", err, p.Findings)
	}
	if _, shown := p.Sources["t.txt"]; shown {
		t.Error("the token may be shown in an excerpt")
	}
	for _, f := range p.Findings {
		if strings.Contains(f.Message+f.Hint, "eyJ") || strings.Contains(f.Message+f.Hint, "c2lnbmF0dXJl") {
			t.Errorf("a token in %v", f)
		}
	}
}

func TestNoSuchFile(t *testing.T) {
	p, err := Load([]string{filepath.Join(t.TempDir(), "none.yaml")}, nil)
	if !os.IsNotExist(err) || len(p.Seen) != 1 {
		t.Errorf("%v, seen %v", err, p.Seen)
	}
}
