package spec

import (
	"encoding/json"
	"fmt"

	"gopkg.in/yaml.v3"
)

func (p *IdentityProvider) tests(l *loader, n *yaml.Node) {
	l.tests(n, &p.Tests, (*Test).keys)
}

// tests reads a list of tests by the table that keys gives for each.
func (l *loader) tests(n *yaml.Node, dst *[]Test, keys func(*Test) []key) {
	l.items(n, "tests", 0, func(item *yaml.Node) {
		var t Test
		object(fmt.Sprintf("test %d", len(*dst)+1), &t.At, keys(&t))(l, item)
		*dst = append(*dst, t)
	})
}

func (t *Test) keys() []key {
	return []key{
		{"name", "an admin gets the ops project", text("the name of a test", &t.Name)},
		{"claims", "{preferred_username: alice}", jsonObject("claims", &t.Claims)},
		{"want", "{user: alice}", t.want},
	}
}

// jsonObject reads a mapping of any depth as JSON, in the file's order and with
// its numbers as they are spelt: claims are what an issuer sends, and are never
// rendered.
func jsonObject(what string, dst *json.RawMessage) reader {
	return func(l *loader, n *yaml.Node) {
		if l.kind(n, yaml.MappingNode, what) {
			*dst = l.json(nil, n, what)
		}
	}
}

// json appends a node's value to out.
func (l *loader) json(out []byte, n *yaml.Node, what string) []byte {
	switch n.Kind {
	case yaml.MappingNode:
		return l.jsonMembers(out, n, what)
	case yaml.SequenceNode:
		out = append(out, '[')
		for i, item := range n.Content {
			if i > 0 {
				out = append(out, ',')
			}
			out = l.json(out, item, what)
		}
		return append(out, ']')
	case yaml.ScalarNode:
		return append(out, l.scalar(n, what)...)
	default: // an alias, reported by refuse
		return append(out, "null"...)
	}
}

func (l *loader) jsonMembers(out []byte, n *yaml.Node, what string) []byte {
	out = append(out, '{')
	first := true
	l.pairs(n, what, func(name Text, v *yaml.Node) {
		if !first {
			out = append(out, ',')
		}
		first = false
		key, _ := json.Marshal(name.Value) // a string always has a JSON form
		out = l.json(append(append(out, key...), ':'), v, what)
	})
	return append(out, '}')
}

// scalar gives a string, number, boolean or null. A date is the string it is
// written as: JSON has no dates.
func (l *loader) scalar(n *yaml.Node, what string) []byte {
	if l.tokenShaped(n) {
		l.literal(n, what)
		return []byte("null")
	}
	tag := n.ShortTag()
	if (tag == "!!int" || tag == "!!float") && json.Valid([]byte(n.Value)) {
		return []byte(n.Value)
	}
	var value any = n.Value
	if tag != "!!str" && tag != "!!timestamp" && n.Decode(&value) != nil {
		l.fail("wrong-type", l.src.of(n), fmt.Sprintf("a value of %s cannot be read as the type it looks like", what), "quote it")
	}
	out, err := json.Marshal(value)
	if err != nil { // .inf and .nan
		l.fail("wrong-type", l.src.of(n), fmt.Sprintf("%s holds %s, which JSON has no number for", what, show(n.Value)), "quote it")
		return []byte("null")
	}
	return out
}
