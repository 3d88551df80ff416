package engine_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab/oracle"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// TestCheckSortsByKeystonesTexts holds the texts by which Check sorts against
// what Keystone answers, to the letter: for the cases of TestCheck, and for
// generated mappings that were spoiled. These releases have all of the schemas;
// TestKeystoneAgrees asks every release.
//
// The texts are those of jsonschema 4.10, which Debian 12 has. Later ones differ
// in one text ("[] should be non-empty"), which sorts alike.
func TestCheckSortsByKeystonesTexts(t *testing.T) {
	distinct := slices.DeleteFunc(dialects(), func(d dialect) bool { return !slices.Contains([]string{"zed", "2024.1", "2026.2"}, d.release) })
	for _, d := range distinct {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			mappings := append(handwritten(), spoiled(t, d, logins()/20)...)
			for i := range mappings {
				mappings[i] = unwrapped(mappings[i])
			}
			verdicts, err := oracle.Open(t, d.release).Validate(mappings)
			if err != nil {
				t.Fatal(err)
			}
			compared := 0
			for i, m := range mappings {
				doc, list := engine.Read("m.json", m)
				if doc == nil || list.HasErrors() || verdicts[i].Class != "" {
					continue
				}
				got, err := engine.SchemaMessages(doc, engine.Options{Release: d.release})
				if err != nil {
					t.Fatal(err)
				}
				compared++
				if diff := cmp.Diff(verdicts[i].Messages, got); len(verdicts[i].Messages)+len(got) > 0 && diff != "" {
					t.Errorf("%s (-Keystone +ours):\n%s", m, diff)
				}
			}
			t.Logf("%d mappings compared", compared)
		})
	}
}

// handwritten gives the mappings of TestCheck.
func handwritten() []json.RawMessage {
	var out []json.RawMessage
	cases := checkcases()
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		out = append(out, json.RawMessage(cases[name].src))
	}
	return out
}

// unwrapped gives a mapping as validate_mapping_structure gets it.
func unwrapped(m json.RawMessage) json.RawMessage {
	if m[0] == '[' {
		return json.RawMessage(`{"rules":` + string(m) + `}`)
	}
	var outer struct{ Mapping, Rules json.RawMessage }
	if json.Unmarshal(m, &outer) == nil && outer.Mapping != nil && outer.Rules == nil {
		return outer.Mapping
	}
	return m
}
