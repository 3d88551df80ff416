package spec

import (
	"fmt"

	"gopkg.in/yaml.v3"
)

func (p *IdentityProvider) tests(l *loader, n *yaml.Node) {
	l.items(n, "tests", 0, func(item *yaml.Node) {
		var t Test
		object(fmt.Sprintf("test %d", len(p.Tests)+1), &t.At, t.keys())(l, item)
		p.Tests = append(p.Tests, t)
	})
}

func (t *Test) keys() []key {
	return []key{
		{"name", "an admin gets the ops project", text("the name of a test", &t.Name)},
		{"claims", "{preferred_username: alice}", values("claims", &t.Claims)},
		{"want", "{user: alice}", values("want", &t.Want)},
	}
}

// values reads a mapping of any depth as JSON would have it: claims are what an
// issuer sends, and are never rendered.
func values(what string, dst *map[string]any) reader {
	return func(l *loader, n *yaml.Node) {
		if l.kind(n, yaml.MappingNode, what) {
			*dst, _ = l.any(n, what).(map[string]any)
		}
	}
}

func (l *loader) any(n *yaml.Node, what string) any {
	switch n.Kind {
	case yaml.MappingNode:
		out := map[string]any{}
		l.pairs(n, what, func(name Text, v *yaml.Node) { out[name.Value] = l.any(v, what) })
		return out
	case yaml.SequenceNode:
		out := []any{}
		for _, item := range n.Content {
			out = append(out, l.any(item, what))
		}
		return out
	case yaml.ScalarNode:
		return l.scalar(n, what)
	default: // an alias, reported by refuse
		return nil
	}
}

// scalar gives a string, number, boolean or nil. A date is the string it is
// written as: JSON has no dates.
func (l *loader) scalar(n *yaml.Node, what string) any {
	if l.tokenShaped(n) {
		l.literal(n, what)
		return nil
	}
	if tag := n.ShortTag(); tag == "!!str" || tag == "!!timestamp" {
		return n.Value
	}
	var value any
	if err := n.Decode(&value); err != nil {
		l.fail("wrong-type", l.src.of(n), fmt.Sprintf("a value of %s cannot be read as the type it looks like", what), "quote it")
	}
	return value
}
