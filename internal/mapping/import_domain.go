package mapping

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

// home gives the domain that the identity provider shall have: the one that all
// federated users are placed in, or else that most groups are in.
func home(doc *engine.Document) (domain string, ofUsers bool) {
	if domain := usersHome(doc); domain != "" {
		return domain, true
	}
	seen := map[string]int{}
	for _, item := range localItems(doc) {
		for _, n := range []*engine.Node{item.Get("domain"), item.Get("group").Get("domain")} {
			if name := fixedName(n); name != "" {
				if seen[name]++; seen[name] > seen[domain] {
					domain = name
				}
			}
		}
	}
	return domain, false
}

// usersHome gives the domain that every federated user states, or "".
func usersHome(doc *engine.Document) string {
	home, users := "", 0
	for _, item := range localItems(doc) {
		user := item.Get("user")
		if inner, _ := members(user); len(inner) == 0 || user.Get("type").Text() == "local" {
			continue
		}
		name := fixedName(user.Get("domain"))
		if users++; users > 1 && name != home {
			return ""
		}
		home = name
	}
	return home
}

func localItems(doc *engine.Document) []*engine.Node {
	var items []*engine.Node
	for _, rule := range doc.Rules {
		items = append(items, rule.Get("local").Items()...)
	}
	return items
}

// fixedName gives the name of a domain that is given by its name, without
// placeholders.
func fixedName(domain *engine.Node) string {
	name := domain.Get("name").Text()
	if domain.Get("id") != nil || strings.ContainsAny(name, "{}") {
		return ""
	}
	return name
}

// domain takes a domain of groups; zero is the identity provider's.
func (r *ruleImport) domain(n *engine.Node, fail func(finding.Range, string, string)) (spec.Domain, bool) {
	given, ok := oneOf(n)
	if !ok {
		fail(n.At, "gives a domain otherwise than by its name alone or its id alone", `"domain": {"name": "Default"}`)
		return spec.Domain{}, false
	}
	text, ok := r.fixed(given, "a domain", fail)
	switch {
	case n.Get("id") != nil:
		return spec.Domain{ID: text}, ok
	case text.Value == r.out.Domain:
		return spec.Domain{}, ok
	}
	return spec.Domain{Name: text}, ok
}

// oneOf gives the id or the name of a domain; false when it has both or none.
func oneOf(domain *engine.Node) (*engine.Node, bool) {
	id, name := domain.Get("id"), domain.Get("name")
	if id != nil {
		return id, name == nil
	}
	return name, name != nil
}

// userDomain takes the domain of a user, which may hold placeholders.
func (r *ruleImport) userDomain(n *engine.Node, u *spec.User) {
	given, ok := oneOf(n)
	switch {
	case !ok:
		r.lose(n.At, "gives the user a domain otherwise than by its name alone or its id alone", `"domain": {"name": "Default"}`)
	case n.Get("id") != nil:
		u.Domain.ID = r.template(given, "user.domain", r.lose)
	case !u.Local() && r.ofUsers && given.Text() == r.out.Domain:
		r.add(n.At, finding.Warning, fmt.Sprintf("states the user's domain: named rules leave it to the identity provider, whose domain must be %q", r.out.Domain), "")
	default:
		u.Domain.Name = r.template(given, "user.domain", r.lose)
	}
}
