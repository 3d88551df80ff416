package engine_test

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
)

// lacking is a login that the cloud ends, and the words of the step that says so.
type lacking struct {
	name string
	question
	step   string
	status int
	since  int // major version; 0 is all
}

func lackingCases(t *testing.T) []lacking {
	t.Helper()
	const role = `{"user": {"type": "ephemeral", "name": "a"}, "projects": [{"name": "p", "roles": [{"name": "r"}]}]}`
	of := func(text string) question { return question{Mapped: mapped(t, text), Schema: "1.0", DomainID: "corp"} }
	foreign, taken := of(role), of(`{"user": {"type": "ephemeral", "name": "a"}}`)
	foreign.Roles, taken.Taken = map[string]any{"r": "elsewhere"}, true
	return []lacking{
		{"a group of that id", of(`{"user": {"type": "ephemeral", "name": "a"}, "group_ids": ["g"]}`), `groups of id 'g'`, 500, 0},
		{"a group's domain", of(`{"user": {"type": "ephemeral", "name": "a"}, "group_names": [{"name": "g", "domain": {"name": "d"}}]}`), `domain named "d"`, 404, 0},
		{"a role", of(role), `the roles "r"`, 404, 0},
		{"a role of this domain", foreign, "belongs to a domain", 403, 0},
		{"the user's domain", of(`{"user": {"type": "ephemeral", "name": "a", "domain": {"name": "d"}}}`), `domain named "d"`, 404, 25},
		{"a project's domain", of(`{"user": {"type": "ephemeral", "name": "a"}, "projects": [{"name": "p", "roles": [], "domain": {"name": "d"}}]}`), `domain named "d"`, 404, 25},
		{"an id of the user's own", taken, "stores the user", 409, 0},
		{"a local user", of(`{"user": {"type": "local", "id": "u"}}`), "looks for the local user", 401, 0},
		{"a local user's domain", of(`{"user": {"type": "local", "name": "u", "domain": {"name": "d"}}}`), "looks for the local user", 401, 0},
	}
}

// expect holds the step against Keystone's answer. A release that does not look
// for it must have no such step, and log in.
func (c lacking) expect(t *testing.T, release string, got int) {
	t.Helper()
	n, foretold := next(t, release, c.question), 201
	for _, s := range n.Steps {
		if strings.Contains(s.Does, c.step) {
			foretold = s.Status
		}
	}
	applies := major(release) >= c.since
	if applies != (foretold == c.status) || got != foretold || n.Error != nil {
		t.Errorf("without %s: Keystone says %d, foretold %d, want %d from release %d on; %+v", c.name, got, foretold, c.status, c.since, n)
	}
}

// mapped reads a result; what it leaves out is empty.
func mapped(t *testing.T, text string) *engine.Mapped {
	t.Helper()
	m := &engine.Mapped{GroupIDs: []any{}, GroupNames: []any{}, Projects: []any{}}
	doc, findings := engine.Read("mapped.json", []byte(`[`+text+`]`))
	if findings.HasErrors() {
		t.Fatal(findings)
	}
	root := asGiven(doc.Rules[0]).(engine.Object)
	user, _ := root.Get("user")
	m.User = user.(engine.Object)
	for key, list := range map[string]*[]any{"group_ids": &m.GroupIDs, "group_names": &m.GroupNames, "projects": &m.Projects} {
		if v, has := root.Get(key); has {
			*list = v.([]any)
		}
	}
	return m
}

// major is a release's number.
func major(release string) int {
	r, _ := platform.ReleaseByName(release)
	return r.Number
}

// asGiven gives a node's value as rules give theirs.
func asGiven(n *engine.Node) any {
	switch v := n.Value.(type) {
	case []engine.Member:
		o := engine.Object{}
		for _, m := range v {
			o = append(o, engine.Field{Key: m.Key, Value: asGiven(m.Value)})
		}
		return o
	case []*engine.Node:
		list := []any{}
		for _, item := range v {
			list = append(list, asGiven(item))
		}
		return list
	}
	return n.Value
}

// TestQuoteAsPython quotes every character, as the unique id of a user.
func TestQuoteAsPython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		labtest.Require(t, "no python3: "+err.Error())
	}
	var texts []string
	for block := range slices.Chunk(everyCharacter(), 256) {
		texts = append(texts, string(block))
	}
	cmd := exec.CommandContext(t.Context(), python, "-c", `import json, sys, urllib.parse
json.dump([urllib.parse.quote(text) for text in json.load(sys.stdin)], sys.stdout)`)
	in, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdin = bytes.NewReader(in)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	if err := json.Unmarshal(out, &want); err != nil || len(want) != len(texts) {
		t.Fatalf("%d answers to %d texts: %v", len(want), len(texts), err)
	}
	p := nextProcessor(t, "zed", "")
	for i, text := range texts {
		m := &engine.Mapped{User: engine.Object{{Key: "type", Value: "ephemeral"}, {Key: "id", Value: text}}}
		if got := p.Next(m, engine.Facts{}).User.UniqueID; got != want[i] {
			t.Fatalf("%q: got %s, want %s", text, got, want[i])
		}
	}
}

func everyCharacter() []rune {
	var all []rune
	for r := range rune(utf8.MaxRune + 1) {
		if utf8.ValidRune(r) {
			all = append(all, r)
		}
	}
	return all
}
