package engine_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/lab/oracle"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// spoil gives the mapping with one to three of its values made wrong.
func (g *generator) spoil(mapping engine.Object) any {
	var v any = mapping
	for range 1 + g.IntN(3) {
		left := g.IntN(size(v))
		v = g.spoilAt(v, &left)
	}
	return v
}

// size counts the values of a tree.
func size(v any) int {
	n := 1
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			n += size(item)
		}
	case engine.Object:
		for _, f := range v {
			n += size(f.Value)
		}
	}
	return n
}

// spoilAt makes the value wrong that comes after so many others.
func (g *generator) spoilAt(v any, left *int) any {
	*left--
	if *left == -1 {
		return g.wrong(v)
	}
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = g.spoilAt(item, left)
		}
		return out
	case engine.Object:
		out := make(engine.Object, len(v))
		for i, f := range v {
			out[i] = engine.Field{Key: f.Key, Value: g.spoilAt(f.Value, left)}
		}
		return out
	}
	return v
}

// wrong gives something else: another type, a key more or less, no items.
func (g *generator) wrong(v any) any {
	switch v := v.(type) {
	case engine.Object:
		if len(v) > 0 && g.in(35) {
			i := g.IntN(len(v))
			return append(append(engine.Object{}, v[:i]...), v[i+1:]...)
		}
		if g.in(60) {
			return append(append(engine.Object{}, v...), engine.Field{Key: g.pick(keys()), Value: g.other()})
		}
	case []any:
		if g.in(40) {
			return []any{}
		}
		if g.in(40) {
			return append(append([]any{}, v...), g.other())
		}
	}
	return g.other()
}

func keys() []string {
	return []string{"user", "group", "groups", "group_ids", "domain", "projects", "projects_json", "id", "name", "email", "type", "roles", "regex", "any_one_of", "not_any_of", "whitelist", "blacklist", "local", "remote", "rules", "more", "schema_version", "additionalProperties", "é", "it's"}
}

func (g *generator) other() any {
	return []any{nil, true, false, 0, 1.5, "", "x", "it's", "true", "local", []any{}, []any{1}, []any{"a"}, engine.Object{}, engine.Object{{Key: "id", Value: "x"}}, engine.Object{{Key: "name", Value: "x"}}, engine.Object{{Key: "type", Value: "x"}}}[g.IntN(17)]
}

// agreeOnSchema holds our findings about spoiled mappings, and about the mappings
// of Keystone's unit tests, against Keystone's messages: as many, in that order,
// about the same places.
func agreeOnSchema(t *testing.T, o *oracle.Oracle, d dialect) {
	mappings := append(spoiled(t, d, share()/5), fixtureMappings(t, o)...)
	verdicts, err := o.Validate(mappings)
	if err != nil {
		t.Fatal(err)
	}
	holdFindings(t, d, mappings, verdicts)
}

func spoiled(t *testing.T, d dialect, n int) []json.RawMessage {
	t.Helper()
	out := make([]json.RawMessage, n)
	for i := range out {
		g := newGenerator(*seed, i, d)
		mapping, _ := g.login()
		text, err := json.Marshal(g.spoil(mapping))
		if err != nil {
			t.Fatal(err)
		}
		out[i] = unwrapped(text)
	}
	return out
}

func fixtureMappings(t *testing.T, o *oracle.Oracle) []json.RawMessage {
	t.Helper()
	f, err := o.Fixtures()
	if err != nil && !errors.Is(err, oracle.ErrNoFixtures) {
		t.Fatal(err)
	}
	return slices.Collect(maps.Values(f.Mappings))
}

// holdFindings compares one by one and says how many were refused.
func holdFindings(t *testing.T, d dialect, mappings []json.RawMessage, verdicts []oracle.Verdict) {
	t.Helper()
	accepted, refused, differ := 0, 0, 0
	for i, m := range mappings {
		switch diff := judgement(d, m, verdicts[i]); {
		case diff != "" && differ < 5:
			differ++
			t.Errorf("mapping %d of -seed %d: %s\n%s", i, *seed, m, diff)
		case diff == "" && len(verdicts[i].Messages) == 0 && verdicts[i].Class == "":
			accepted++
		case diff == "":
			refused++
		}
	}
	t.Logf("%s: %d mappings asked: %d accepted, %d refused, all alike but %d", d, len(mappings), accepted, refused, differ)
}

// judgement tells in what our findings are not Keystone's errors; "" when they
// are. A document that Read refuses has no findings of Check.
func judgement(d dialect, mapping json.RawMessage, want oracle.Verdict) string {
	doc, list := engine.Read("mapping.json", mapping)
	if doc == nil || list.HasErrors() {
		return unless(len(want.Messages) > 0 || want.Class != "", "we refuse to read what Keystone accepts: %v", list)
	}
	found := engine.Check(doc, engine.Options{Release: d.release})
	if want.Class != "" {
		return unless(len(found) == 1, "Keystone fails with %s, we find %v", want.Class, found)
	}
	if len(found) != len(want.Messages) {
		return fmt.Sprintf("Keystone: %q\nours: %v", want.Messages, found)
	}
	for i, f := range found {
		if at, ok := placeOf(doc.Root, want.Paths[i]); !ok || !within(f.At, at) {
			return fmt.Sprintf("message %d of %q is about %v (%v)\nours: %v", i, want.Messages, want.Paths[i], at, found)
		}
	}
	return ""
}

func unless(fine bool, format string, args ...any) string {
	if fine {
		return ""
	}
	return fmt.Sprintf(format, args...)
}

// placeOf finds the value that a path leads to.
func placeOf(n *engine.Node, path []any) (finding.Range, bool) {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			n = n.Get(step)
		case float64:
			items := n.Items()
			if int(step) >= len(items) {
				return finding.Range{}, false
			}
			n = items[int(step)]
		}
	}
	if n == nil {
		return finding.Range{}, false
	}
	return n.At, true
}

// within says whether a finding lies in a value's text.
func within(at, value finding.Range) bool {
	return value.Start.Byte <= at.Start.Byte && at.End.Byte <= value.End.Byte
}
