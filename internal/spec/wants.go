package spec

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"gopkg.in/yaml.v3"
)

// want reads what a test asks for.
func (t *Test) want(l *loader, n *yaml.Node) {
	t.Want, t.WantAt = map[string]any{}, map[string]finding.Range{}
	object("want", nil, t.wantKeys())(l, n)
}

func (t *Test) wantKeys() []key {
	return []key{
		{"user", "", t.wantText("user")},
		{"id", "", t.wantText("id")},
		{"email", "", t.wantText("email")},
		{"domain", "", t.wantText("domain")},
		{"type", "", t.wantType},
		{"groups", "", t.wantList("groups", (*loader).wantGroup)},
		{"group_ids", "", t.wantList("group_ids", (*loader).wantWord)},
		{"projects", "", t.wantList("projects", (*loader).wantGrant)},
		{"refused", "", t.wantBool("refused")},
		{"error", "", t.wantText("error")},
		{"status", "", t.wantNumber("status", 100, 599)},
		{"undecidable", "", t.wantBool("undecidable")},
		{"rules", "", t.wantList("rules", (*loader).wantRule)},
	}
}

// wanted keeps a value of want under its key.
func (t *Test) wanted(name string, value any, l *loader, n *yaml.Node) {
	t.Want[name], t.WantAt[name] = value, l.src.of(n)
}

func (t *Test) wantText(name string) reader {
	return func(l *loader, n *yaml.Node) {
		if value, ok := l.wantWord(n, "want."+name); ok {
			t.wanted(name, value, l, n)
		}
	}
}

func (t *Test) wantType(l *loader, n *yaml.Node) {
	var value Text
	choice("want.type", &value, "ephemeral", "local")(l, n)
	if value.Given() {
		t.wanted("type", value.Value, l, n)
	}
}

func (t *Test) wantList(name string, item func(*loader, *yaml.Node, string) (any, bool)) reader {
	return func(l *loader, n *yaml.Node) {
		values := []any{}
		l.items(n, "want."+name, 0, func(v *yaml.Node) {
			if value, ok := item(l, v, "an item of want."+name); ok {
				values = append(values, value)
			}
		})
		t.wanted(name, values, l, n)
	}
}

func (t *Test) wantBool(name string) reader {
	return func(l *loader, n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!bool" {
			l.wrongType(n, "want."+name, "true or false")
			return
		}
		t.wanted(name, strings.EqualFold(n.Value, "true"), l, n)
	}
}

func (t *Test) wantNumber(name string, low, high int) reader {
	return func(l *loader, n *yaml.Node) {
		var value Number
		number("want."+name, low, high, &value)(l, n)
		if value.At.Start.Known() {
			t.wanted(name, value.Value, l, n)
		}
	}
}

// wantWord gives a text, which may be empty; a number or a boolean counts as the
// text it is written as.
func (l *loader) wantWord(n *yaml.Node, what string) (any, bool) {
	switch {
	case n.Kind == yaml.AliasNode: // reported by refuse
		return nil, false
	case n.Kind != yaml.ScalarNode:
		l.wrongType(n, what, "a string")
		return nil, false
	case n.ShortTag() == "!!null":
		l.empty(n, what)
		return nil, false
	case l.tokenShaped(n):
		l.literal(n, what)
		return nil, false
	}
	return n.Value, true
}

// wantGroup gives a name, a name@domain, or a group by its keys.
func (l *loader) wantGroup(n *yaml.Node, what string) (any, bool) {
	if n.Kind != yaml.MappingNode {
		return l.wantWord(n, what)
	}
	var g WantedGroup
	before := len(l.list)
	object(what, nil, g.keys())(l, n)
	if len(l.list) > before {
		return nil, false
	}
	if (g.ID == "") == (g.Name == "") || g.ID != "" && g.Domain != "" {
		l.fail("wanted-group", l.src.of(n), what+" is neither a group by id nor one by name", "{id: 0123abcd} or {name: users, domain: corp}")
		return nil, false
	}
	return g, true
}

func (g *WantedGroup) keys() []key {
	word := func(what string, dst *string) reader {
		return func(l *loader, n *yaml.Node) {
			value, _ := l.wantWord(n, what)
			*dst, _ = value.(string)
		}
	}
	return []key{
		{"id", "", word("the id of a group", &g.ID)},
		{"name", "", word("the name of a group", &g.Name)},
		{"domain", "", word("the domain of a group", &g.Domain)},
	}
}

// wantGrant gives project/role.
func (l *loader) wantGrant(n *yaml.Node, what string) (any, bool) {
	value, ok := l.wantWord(n, what)
	if text, _ := value.(string); ok && !strings.Contains(text, "/") {
		l.fail("wanted-project", l.src.of(n), fmt.Sprintf("%s is %s, expected a project and a role of it", what, show(text)), show(text+"/member"))
		return nil, false
	}
	return value, ok
}

// wantRule gives the number of a rule, counted from 1.
func (l *loader) wantRule(n *yaml.Node, what string) (any, bool) {
	var value Number
	number(what, 1, 1<<20, &value)(l, n)
	return value.Value, value.At.Start.Known()
}
