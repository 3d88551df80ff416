package suite

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// here is the folder of the package, where the tests begin.
var here, _ = os.Getwd()

// rulesJSON is a mapping of three rules: for admins, for everybody with groups,
// and one that fails.
const rulesJSON = `{"rules": [
  {"remote": [{"type": "OIDC-groups", "any_one_of": ["admins", "ops"]}, {"type": "OIDC-sub"}, {"type": "OIDC-email"}],
   "local": [{"user": {"name": "{0}", "id": "id/{0}", "email": "{1}"}},
             {"projects": [{"name": "ops", "roles": [{"name": "member"}, {"name": "reader"}]}]}]},
  {"remote": [{"type": "OIDC-sub"}, {"type": "OIDC-groups", "blacklist": ["admins"]}],
   "local": [{"user": {"name": "{0}"}}, {"groups": "{1}", "domain": {"name": "corp"}},
             {"group": {"id": "0abc"}}, {"group": {"name": "all", "domain": {"id": "d1"}}}]},
  {"remote": [{"type": "OIDC-break", "any_one_of": ["index"]}], "local": [{"user": {"name": "{3}"}}]}
]}
`

// files makes a folder of files and goes there.
func files(t *testing.T, texts map[string]string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range texts {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
}

// sound loads files that must have no errors.
func sound(t *testing.T, names ...string) *Plan {
	t.Helper()
	p, err := Load(names, strings.NewReader(""))
	if err != nil {
		t.Fatal(err)
	}
	if p.Findings.HasErrors() {
		t.Fatal(p.Findings)
	}
	return p
}

// testFile is a test file of rules.json with one test.
func testFile(test string) string {
	return "mapping: rules.json\ntests:\n  - name: a\n    " + strings.ReplaceAll(test, "\n", "\n    ") + "\n"
}

// single runs the only test of a file.
func single(t *testing.T, text string) Result {
	t.Helper()
	files(t, map[string]string{"rules.json": rulesJSON, "a.test.yaml": text})
	results := sound(t, "a.test.yaml").Run(nil).Results
	if len(results) != 1 {
		t.Fatalf("%d results", len(results))
	}
	return results[0]
}

func texts(r Result) []string {
	var out []string
	for _, d := range r.Differences {
		out = append(out, d.Text)
	}
	return out
}

func told(list finding.List) []string {
	var out []string
	for _, f := range list {
		out = append(out, f.At.String()+" "+f.Slug)
	}
	return out
}
