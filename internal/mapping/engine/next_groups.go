package engine

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/python"
)

// groupIDs is validate_mapped_group_ids: each must exist.
func (n *foretelling) groupIDs() {
	var texts []string
	for _, id := range n.mapped.GroupIDs {
		if id == "" {
			n.fail("MappedGroupNotFound", 500, "a group id is empty")
			continue
		}
		n.Groups = append(n.Groups, SoughtGroup{ID: literally(id)})
		texts = append(texts, described(id))
	}
	if len(texts) > 0 {
		n.step(Step{Does: "looks for the groups of id " + listing(texts), Otherwise: "there is no such group", Status: 500})
	}
}

// groupNames is transform_to_group_ids: a group that is missing is passed over,
// one that is no dictionary of name and domain raises.
func (n *foretelling) groupNames() {
	before := len(n.Groups)
	for _, item := range n.mapped.GroupNames {
		if g, ok := n.groupByName(item); ok && !slices.ContainsFunc(n.Groups, g.same) {
			n.Groups = append(n.Groups, g)
			n.lookUp(g)
		}
	}
	if len(n.Groups) > before {
		n.note("the database compares the names of groups: MySQL and MariaDB pass over upper and lower case")
	}
}

// groupByName reads group['name'] and group['domain'], in this order.
func (n *foretelling) groupByName(item any) (SoughtGroup, bool) {
	if !isMapping(item) {
		n.fail("TypeError", 400, "%s is taken for a whole group, since the letters \"name\" are in the groups, and a text has no name and domain", described(item))
		return SoughtGroup{}, false
	}
	name, has := entryOf(item, "name")
	if !has {
		n.fail("KeyError", 500, "a group of the claim has no name: %s", described(item))
		return SoughtGroup{}, false
	}
	given, _ := entryOf(item, "domain")
	domain, ok := n.groupDomain(given)
	return SoughtGroup{Name: literally(name), Domain: &domain}, ok
}

// groupDomain is resolve_domain: an id that is not empty is taken unchecked, else
// the name is looked for.
func (n *foretelling) groupDomain(given any) (DomainRef, bool) {
	if !isMapping(given) {
		n.fail("AttributeError", 500, "a group's domain is %s, expected an object of id or name", described(given))
		return DomainRef{}, false
	}
	id, _ := entryOf(given, "id")
	name, _ := entryOf(given, "name")
	switch {
	case !falsy(id):
		return DomainRef{ID: literally(id), From: "mapping"}, true
	case falsy(name):
		n.fail("DomainNotFound", 404, "a group's domain has neither id nor name")
		return DomainRef{}, false
	}
	ref := DomainRef{Name: literally(name), From: "mapping"}
	if ref.Name == n.facts.DomainName {
		ref.ID = n.facts.DomainID
	}
	n.findDomain(ref.Name)
	return ref, true
}

// lookUp tells of a group by name.
func (n *foretelling) lookUp(g SoughtGroup) {
	n.step(Step{
		Does:      fmt.Sprintf("looks for group %q in domain %q", g.Name, g.Domain.shown()),
		Otherwise: "there is no such group: it is passed over without a word",
	})
}

func (d DomainRef) shown() string {
	if d.Name != "" {
		return d.Name
	}
	return d.ID
}

func (g SoughtGroup) same(other SoughtGroup) bool {
	return g.ID == other.ID && g.Name == other.Name && g.Domain != nil && other.Domain != nil && *g.Domain == *other.Domain
}

// memberships tells how long groups count, and for what.
func (n *foretelling) memberships() {
	if n.endsMemberships() {
		n.step(Step{Does: "ends the user's memberships that former logins through this identity provider brought and this one does not, and revokes the user's tokens when memberships change"})
	}
	if len(n.Groups) > 0 {
		n.note("roles through these groups are the token's: they do not count for application credentials and trusts, unless the identity provider has an authorization_ttl (or [federation] default_authorization_ttl is set)")
	}
}

func (n *foretelling) withGroups() string {
	if len(n.Groups) == 0 {
		return ""
	}
	return " that names the groups found"
}

// entryOf is value[key] of a dictionary.
func entryOf(v any, key string) (any, bool) {
	switch v := v.(type) {
	case Object:
		return v.Get(key)
	case *python.Dict:
		return v.Get(key)
	}
	return nil, false
}

func isMapping(v any) bool {
	switch v.(type) {
	case Object, *python.Dict:
		return true
	}
	return false
}

// falsy is Python's `not value` for what JSON can hold.
func falsy(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case bool:
		return !v
	case *big.Int:
		return v.Sign() == 0
	case float64:
		return v == 0
	case python.List:
		return len(v) == 0
	case *python.Dict:
		return v.Len() == 0
	}
	return false
}

// literally is a text as it is, or the repr of what is no text.
func literally(v any) string {
	if text, ok := v.(string); ok {
		return text
	}
	return described(v)
}

func listing(texts []string) string { return strings.Join(texts, ", ") }
