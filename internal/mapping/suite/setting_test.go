package suite

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/platform"
)

// TestSettings: what a description says holds, unless the test file says otherwise.
func TestSettings(t *testing.T) {
	rhosp := strings.Replace(description(namedRules), "debian-12", "rhosp-17.1", 1)
	newer := strings.Replace(description(namedRules), "keystone: {", "keystone: {release: 2024.1, ", 1)
	const tests = "\ntests: [{name: a, claims: {sub: a}, want: {}}]\n"
	files(t, map[string]string{
		"rules.json": rulesJSON, "rhosp.yaml": rhosp, "newer.yaml": newer,
		"alone.test.yaml": "mapping: rules.json" + tests,
		"told.test.yaml":  "mapping: rules.json\nrelease: 2026.1\nschema: 2.0\nmodule: {version: 2.4.17}" + tests,
		"over.test.yaml":  "mapping: rhosp.yaml#corp\nrelease: zed\npython: 3.12" + tests,
		"under.test.yaml": "mapping: rhosp.yaml#corp" + tests,
	})
	known := platform.Releases()
	type settings struct{ release, schema, module string }
	cases := map[string]settings{
		"rhosp.yaml":      {"wallaby", "1.0", "2.4.9.4"},
		"newer.yaml":      {"2024.1", "1.0", "2.4.12.3"},
		"told.test.yaml":  {"2026.1", "2.0", "2.4.17"},
		"over.test.yaml":  {"zed", "1.0", "2.4.9.4"},
		"under.test.yaml": {"wallaby", "1.0", "2.4.9.4"},
		"alone.test.yaml": {known[len(known)-1].Name, "1.0", "2.4.12.3"},
	}
	for file, want := range cases {
		s := sound(t, file).Suites[0]
		got := settings{s.processor.Release(), s.processor.Schema(), s.door.Version}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(settings{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}

// TestPython: Red Hat's Keystone 17.1 runs on Python 3.9; a test file may say
// otherwise.
func TestPython(t *testing.T) {
	files(t, map[string]string{"rhosp.yaml": strings.Replace(description(namedRules), "debian-12", "rhosp-17.1", 1)})
	if got := sound(t, "rhosp.yaml").Suites[0].processor.Python().String(); got != "3.9" {
		t.Errorf("rhosp-17.1: %s", got)
	}
	// Python 3.11 took possessive quantifiers into re; 3.10 refuses them.
	const rules = `[{"remote": [{"type": "g", "any_one_of": ["a++b"], "regex": true}], "local": [{"user": {"name": "x"}}]}]`
	const tests = "\ntests: [{name: a, environment: {g: aab}, want: {}}]\n"
	for python, ok := range map[string]bool{"3.11": true, "3.10": false} {
		files(t, map[string]string{"rules.json": rules, "a.test.yaml": "mapping: rules.json\npython: \"" + python + "\"" + tests})
		if r := sound(t, "a.test.yaml").Run(nil).Results[0]; r.OK() != ok {
			t.Errorf("python %s: %v", python, texts(r))
		}
	}
}
