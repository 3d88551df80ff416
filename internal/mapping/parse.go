package mapping

import (
	"bytes"
	"encoding/json"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// parse reads a mapping written by hand, for a release ("" is the newest): an
// object with rules, or (as keystone-manage takes it too) the list of rules alone.
// Findings say what Keystone's own check would refuse, and what could never match
// behind the httpd that fedstone renders. With an error among them the Mapping is
// empty.
func parse(path string, src []byte, release string) (Mapping, finding.List) {
	doc, list := engine.Read(path, src)
	if !list.HasErrors() {
		list = engine.Check(doc, engine.Options{Release: release})
	}
	if list.HasErrors() {
		return Mapping{}, list
	}
	if list = beyondSchema(doc, release); list.HasErrors() {
		return Mapping{}, list
	}
	return typed(doc), list
}

// typed gives a checked mapping its type. What stands beside the rules, as the API
// shows it (id, links), is left out.
func typed(doc *engine.Document) Mapping {
	m := Mapping{SchemaVersion: doc.SchemaVersion}
	rules := make([]any, len(doc.Rules))
	for i, n := range doc.Rules {
		rules[i] = plain(n)
	}
	text, err := json.Marshal(rules)
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber() // a condition may list numbers that no float64 holds
		err = d.Decode(&m.Rules)
	}
	if err != nil {
		panic("mapping: what passes Keystone's schema has no type here: " + err.Error())
	}
	return m
}

func plain(n *engine.Node) any {
	switch value := n.Value.(type) {
	case []*engine.Node:
		out := make([]any, len(value))
		for i, item := range value {
			out[i] = plain(item)
		}
		return out
	case []engine.Member:
		out := make(map[string]any, len(value))
		for _, m := range value {
			out[m.Key] = plain(m.Value)
		}
		return out
	}
	return n.Value
}
