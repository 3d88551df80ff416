package engine

import (
	"slices"
	"strings"
)

// bucket holds the groups by name of one domain, by the name or id it was given
// with.
type bucket struct {
	domain any
	groups []Object
}

// addGroup takes a group by id or by name. Keystone gives all groups by name
// again whenever another comes (extract_groups).
func (g *gathering) addGroup(item *identity) error {
	given, ok := item.Get("group")
	if !ok {
		return nil
	}
	group := given.(Object)
	if id, byID := group.Get("id"); byID {
		if err := g.ids.add(id); err != nil {
			return err
		}
		if g.repeatsForIDs() {
			g.extractGroups()
		}
		return nil
	}
	g.intoBucket(bucketOf(group), group)
	g.extractGroups()
	return nil
}

// bucketOf gives group['domain'].get('name') or group['domain'].get('id'). One
// that a set's order decides is a bucket of its own: there will be no result.
func bucketOf(group Object) any {
	given, _ := group.Get("domain")
	domain, _ := given.(Object)
	name, _ := domain.Get("name")
	if name == nil || name == "" {
		name, _ = domain.Get("id")
	}
	if open, ok := name.(chance); ok {
		return open.reason
	}
	return name
}

func (g *gathering) intoBucket(domain any, group Object) {
	for i := range g.buckets {
		if g.buckets[i].domain == domain {
			g.buckets[i].put(group)
			return
		}
	}
	g.buckets = append(g.buckets, bucket{domain, []Object{group}})
}

// put adds a group; of equal names the last counts, at the place of the first.
func (b *bucket) put(group Object) {
	name, _ := group.Get("name")
	for i, other := range b.groups {
		if known, _ := other.Get("name"); sameText(known, name) {
			b.groups[i] = group
			return
		}
	}
	b.groups = append(b.groups, group)
}

// sameText compares two names. One that is left to chance equals none: it shows in
// the result in any case.
func sameText(a, b any) bool {
	_, open := a.(chance)
	return !open && a == b
}

func (g *gathering) extractGroups() {
	for _, b := range g.buckets {
		for _, group := range b.groups {
			g.names = append(g.names, group)
		}
	}
}

// addGroups takes a claim that lists groups (_normalize_groups).
func (g *gathering) addGroups(item *identity) error {
	given, ok := item.Get("groups")
	if !ok {
		return nil
	}
	names, err := g.items(given, func(given any) ([]any, error) { return g.groupItems(given, item.Object) })
	g.names = append(g.names, names...)
	return err
}

// items does a step with groups or group_ids: a text, a list, or with every
// variant of a text that a set's order decides.
func (r rules) items(given any, step func(given any) ([]any, error)) ([]any, error) {
	if open, ok := given.(chance); ok {
		return open.whichever(r, func(text string) ([]any, error) { return step(text) })
	}
	return step(given)
}

func (g *gathering) groupItems(given any, item Object) ([]any, error) {
	if holdsName(given) {
		return g.wholeGroups(given)
	}
	domain, ok := item.Get("domain")
	if !ok {
		return nil, refusal("groups without a domain beside them")
	}
	items, err := g.literals(given)
	return g.inDomain(items, domain), err
}

// inDomain makes a group of each name, in its place.
func (e *evaluation) inDomain(names []any, domain any) []any {
	for i, name := range names {
		names[i] = append(e.object(2), Field{"name", name}, Field{"domain", domain})
	}
	return names
}

// holdsName reports whether the letters "name" are in the text of the groups,
// which makes Keystone take them for whole groups. In the text of a list a line
// break before "ame" is a backslash and an n.
func holdsName(given any) bool {
	switch v := given.(type) {
	case string:
		return strings.Contains(v, "name")
	case listed:
		return slices.ContainsFunc(v.arg.Values, func(item string) bool {
			return strings.Contains(item, "name") || strings.Contains(item, "\name")
		})
	}
	return false
}
