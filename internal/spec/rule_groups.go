package spec

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// groups is the template of a claim that lists names, a mapping, or a list of
// names and of these.
func (r *Rule) groups(l *loader, n *yaml.Node) {
	switch n.Kind {
	case yaml.SequenceNode:
		l.items(n, "groups", 1, func(item *yaml.Node) { r.group(l, item) })
	case yaml.MappingNode:
		r.group(l, n)
	default:
		text("groups", &r.GroupsBy)(l, n)
	}
}

func (r *Rule) group(l *loader, n *yaml.Node) {
	g := groupItem{RuleGroup: RuleGroup{At: l.src.of(n)}}
	if n.Kind == yaml.MappingNode {
		object("a group", nil, g.keys())(l, n)
		l.groupForm(g)
	} else {
		text("an item of groups", &g.Name)(l, n)
		if strings.HasPrefix(g.Name.Value, "{") && !r.GroupsBy.Given() {
			g.from, g.Name = g.Name, Text{}
		}
	}
	r.take(l, g)
}

// groupItem is one group, or a claim that lists some.
type groupItem struct {
	RuleGroup
	from Text
}

func (g *groupItem) keys() []key {
	return []key{
		{"name", "", text("the name of a group", &g.Name)},
		{"id", "", text("the id of a group", &g.ID)},
		{"from", "", text("from of groups", &g.from)},
		{"domain", "", domain("the domain of a group", &g.Domain)},
	}
}

// groupForm: a group has a name or an id, or a claim gives the names.
func (l *loader) groupForm(g groupItem) {
	if l.failedAt(g.At) {
		return
	}
	switch given := count(g.Name, g.ID, g.from); {
	case given != 1:
		l.fail("group-form", g.At, fmt.Sprintf("a group has %d of the keys name, id and from, expected exactly one", given), "{name: ops, domain: other}")
	case g.ID.Given() && g.Domain.Given():
		l.fail("group-form", g.At, "a group has an id and a domain: the id alone says which one is meant", "{id: "+g.ID.Value+"}")
	}
}

func count(texts ...Text) int {
	n := 0
	for _, t := range texts {
		if t.Given() {
			n++
		}
	}
	return n
}

func (r *Rule) take(l *loader, g groupItem) {
	switch {
	case g.from.Given() && r.GroupsBy.Given():
		l.twice("groups-from-two", errorSeverity, g.from.At, r.GroupsBy.At, "groups come from two claims: a rule takes them from one", "a rule of its own for the other, with the same when")
	case g.from.Given():
		r.GroupsBy, r.GroupsIn = g.from, g.Domain
	case !g.Name.Given() && !g.ID.Given(): // told before
	case slices.ContainsFunc(r.Groups, g.Same):
		l.fail("duplicate-value", g.At, fmt.Sprintf("group %s stands twice in groups", show(g.Name.Value+g.ID.Value)), "delete one")
	default:
		r.Groups = append(r.Groups, g.RuleGroup)
	}
}

// Same reports whether both are the same group.
func (g RuleGroup) Same(other RuleGroup) bool {
	return g.Name.Value == other.Name.Value && g.ID.Value == other.ID.Value && g.Domain.same(other.Domain)
}

func (d Domain) same(other Domain) bool {
	return d.Name.Value == other.Name.Value && d.ID.Value == other.ID.Value
}

// domain is the name of a domain, or {id: …}.
func domain(what string, dst *Domain) reader {
	return func(l *loader, n *yaml.Node) {
		if n.Kind == yaml.MappingNode {
			object(what, nil, dst.keys(what))(l, n)
			return
		}
		text(what, &dst.Name)(l, n)
	}
}

func (d *Domain) keys(what string) []key {
	return []key{{"id", "5d0c4be63cbf4e2b8ab9ad8d1ae5d1fd", text("the id of "+what, &d.ID)}}
}

// ruleGroups judges the groups of a rule. Their names are fixed: of a claim's
// several values a text around it would make one odd name.
func (l *loader) ruleGroups(r Rule) {
	l.oneClaim(r.GroupsBy, "groups", `groups: "{groups}"`)
	l.oneClaim(r.GroupIDs, "group_ids", `group_ids: "{group_ids}"`)
	l.groupDomain(r.GroupsIn)
	for _, g := range r.Groups {
		l.plainName(g.Name, "group", 64)
		l.plainName(g.ID, "group id", 64)
		l.groupDomain(g.Domain)
	}
}

func (l *loader) groupDomain(d Domain) {
	l.plainName(d.Name, "domain", 64)
	l.plainName(d.ID, "domain id", 64)
}

// oneClaim: Keystone splits a claim that is the whole of a list; with text around
// it the list is printed as Python prints lists.
func (l *loader) oneClaim(t Text, what, hint string) {
	pieces, err := Pieces(t.Value)
	switch {
	case !t.Given():
	case err != nil:
		l.fail("template", t.At, fmt.Sprintf("%s %s: %v", what, show(t.Value), err), hint)
	case len(pieces) != 1 || pieces[0].Claim == "":
		expected := map[bool]string{true: "exactly one claim, or a list of names", false: "exactly one claim"}[what == "groups"]
		l.fail("template", t.At, fmt.Sprintf("%s %s: expected %s", what, show(t.Value), expected), hint)
	}
}
