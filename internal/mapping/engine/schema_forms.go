package engine

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// noForm tells which form of a group or requirement was nearly meant, and what
// is wrong with it.
func (r rules) noForm(bad violation) finding.Finding {
	if kindOf(bad.node) != "object" {
		return said(bad, bad.node.At, "is "+kindAndValue(bad.node)+", which has none of the forms of an object that belong here", formExample(bad))
	}
	if lists := listsOf(bad.node); len(lists) > 1 {
		return twoLists(bad, lists)
	}
	if group := bad.node; last(bad.instance) == "group" && group.Get("id") != nil && (group.Get("name") != nil || group.Get("domain") != nil) {
		return said(bad, bad.node.At, `is named in two ways, expected "id" alone, or "name" and "domain"`, example("group"))
	}
	if regex := memberOf(bad.node, "regex"); regex != nil && len(listsOf(bad.node)) == 0 && !misspelled(bad.node) {
		return said(bad, regex.KeyAt, `has "regex" but no list that it speaks of`, example(string(AnyOneOf))+", "+example("regex"))
	}
	return r.asForm(bad, bad.meant())
}

// asForm holds the value against the form that was meant, and makes the first
// thing that is wrong the finding: unknown keys before missing ones, and a key
// that is only misspelled is not missing.
func (r rules) asForm(bad violation, form *shape) finding.Finding {
	inner := validation{rules: r}
	inner.validate(bad.node, form, bad.schema, bad.instance)
	inner.sort()
	slices.SortStableFunc(inner.found, func(a, b violation) int { return cmp.Compare(len(b.extras), len(a.extras)) })
	first := r.finding(inner.found[0])
	for _, other := range inner.found[1:] {
		if form.misspells(bad.node, other.missing) {
			continue
		}
		more := r.finding(other)
		first.Related = append(first.Related, finding.Related{Message: more.Message, At: more.At})
	}
	return first
}

// misspells reports whether an object has a key that nearly is the missing one.
func (s *shape) misspells(n *Node, missing string) bool {
	members, _ := n.Value.([]Member)
	return missing != "" && slices.ContainsFunc(members, func(m Member) bool { return s.properties[m.Key] == nil && s.near(m.Key) == missing })
}

// meant chooses the form by the keys that are there: the one that misses the
// fewest of its own and leaves the fewest of the value's. Misspelled keys count
// for the form that knows the right ones.
func (v violation) meant() *shape {
	var best *shape
	least := 0
	for _, form := range v.shape.forms {
		if cost := form.distance(v.node); best == nil || cost < least {
			best, least = form, cost
		}
	}
	return best
}

func (s *shape) distance(n *Node) int {
	members, _ := n.Value.([]Member)
	cost, meant := 0, map[string]bool{}
	for _, m := range members {
		switch near := s.near(m.Key); {
		case s.properties[m.Key] != nil:
			meant[m.Key] = true
		case near != "":
			meant[near] = true
			cost++
		default:
			cost += 3
		}
	}
	for _, key := range s.required {
		if !meant[key] {
			cost += 2
		}
	}
	return cost
}

func listsOf(n *Node) []Member {
	var lists []Member
	members, _ := n.Value.([]Member)
	for _, m := range members {
		for _, kind := range listKinds() {
			if m.Key == string(kind) {
				lists = append(lists, m)
			}
		}
	}
	return lists
}

func twoLists(bad violation, lists []Member) finding.Finding {
	var names []string
	for _, m := range lists {
		names = append(names, fmt.Sprintf("%q", m.Key))
	}
	f := said(bad, lists[1].KeyAt, fmt.Sprintf("has %s, expected one of them at most", strings.Join(names, " and ")),
		"make two items of it, each with the type and one list")
	f.Related = []finding.Related{{Message: "the first one", At: lists[0].KeyAt}}
	return f
}

// misspelled reports whether a key is nearly that of a list.
func misspelled(n *Node) bool {
	members, _ := n.Value.([]Member)
	return slices.ContainsFunc(members, func(m Member) bool {
		return slices.ContainsFunc(listKinds(), func(kind Kind) bool { return nearest(m.Key, []string{string(kind)}) != "" })
	})
}

func memberOf(n *Node, key string) *Member {
	members, _ := n.Value.([]Member)
	for i := range members {
		if members[i].Key == key {
			return &members[i]
		}
	}
	return nil
}

func formExample(bad violation) string {
	if last(bad.instance) == "group" {
		return example("group")
	}
	return `{"type": "OIDC-preferred_username"}`
}
