package mapping_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/lab/oracle"
	"github.com/fedstone/fedstone/internal/mapping"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// TestImportOfKeystonesFixtures imports the mappings of Keystone's own unit tests:
// which can be said with names, and why not the others. Keystone itself makes the
// same of its assertions by both.
func TestImportOfKeystonesFixtures(t *testing.T) {
	o := oracle.Open(t, "zed")
	fixtures, err := o.Fixtures()
	if errors.Is(err, oracle.ErrNoFixtures) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	var report strings.Builder
	var before, after []oracle.Case
	for _, name := range slices.Sorted(maps.Keys(fixtures.Mappings)) {
		got, list, stored := importFixture(fixtures.Mappings[name])
		switch {
		case !stored:
			continue // Keystone refuses to store it
		case list.HasErrors():
			fmt.Fprintf(&report, "%s: %s\n", name, firstError(list))
			continue
		}
		fmt.Fprintf(&report, "%s: imported\n", name)
		for _, assertion := range fixtures.Assertions {
			before = append(before, oracle.Case{Mapping: fixtures.Mappings[name], Assertion: assertion})
			after = append(after, oracle.Case{Mapping: compiled(t, got), Assertion: assertion})
		}
	}
	labtest.Golden(t, "testdata/fixtures.txt", []byte(report.String()), *update)
	agreeInKeystone(t, o, before, after)
}

func importFixture(src []byte) (mapping.Imported, finding.List, bool) {
	doc, list := engine.Read("m.json", src)
	if list.HasErrors() || engine.Check(doc, engine.Options{}).HasErrors() {
		return mapping.Imported{}, nil, false
	}
	got, list := mapping.Import(doc)
	return got, list, true
}

func firstError(list finding.List) string {
	i := slices.IndexFunc(list, func(f finding.Finding) bool { return f.Severity == finding.Error })
	return list[i].Message
}

func agreeInKeystone(t *testing.T, o *oracle.Oracle, before, after []oracle.Case) {
	t.Helper()
	want, err := o.Ask(before)
	if err != nil {
		t.Fatal(err)
	}
	got, err := o.Ask(after)
	if err != nil {
		t.Fatal(err)
	}
	mapped := 0
	for i := range want {
		if want[i].Class == "" {
			mapped++
		}
		if diff := cmp.Diff(keystoneEffect(t, want[i]), keystoneEffect(t, got[i])); diff != "" {
			t.Errorf("%s\n%s\n%v (-mapping +named rules):\n%s", before[i].Mapping, after[i].Mapping, before[i].Assertion, diff)
		}
	}
	if t.Logf("%d logins alike, %d of them mapped", len(want), mapped); mapped < 100 {
		t.Errorf("only %d logins were mapped: too few to tell", mapped)
	}
}

// keystoneEffect gives Keystone's answer with groups as a set.
func keystoneEffect(t *testing.T, a oracle.Answer) string {
	t.Helper()
	if a.Class != "" {
		return fmt.Sprintf("%s %d", a.Class, a.Status)
	}
	var result map[string]any
	if err := json.Unmarshal(a.Result, &result); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, group := range result["group_names"].([]any) {
		names = append(names, jsonText(group))
	}
	slices.Sort(names)
	result["group_names"] = slices.Compact(names)
	return jsonText(result)
}
