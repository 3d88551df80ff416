package mapping

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

// local reads what the rule gives. Whether parts stand in one item or in several
// makes no difference in schema 1.0.
func (r *ruleImport) local(items []*engine.Node) {
	r.items = len(items)
	for _, item := range items {
		r.user(item.Get("user"))
		r.group(item.Get("group"))
		r.groupsBy(item)
		r.projects(item.Get("projects"))
		if item.Get("groups") == nil {
			r.unused(item.Get("domain"))
		}
		for _, key := range []string{"group_ids", "projects_json"} {
			if n := item.Get(key); n != nil {
				r.drop(n.At, fmt.Sprintf("gives %s, which named rules do not have", key), "")
			}
		}
	}
}

// user takes the first user that is not empty; Keystone passes over the others.
func (r *ruleImport) user(n *engine.Node) {
	members, _ := members(n)
	switch {
	case len(members) == 0:
		return
	case r.rule.User != nil:
		r.add(n.At, finding.Info, "names a second user, which Keystone passes over", "")
		r.unused(n)
		return
	case n.Get("type").Text() == "local":
		r.lose(n.At, "names a local user: named rules make federated ones", "")
		return
	}
	if domain := n.Get("domain"); domain != nil && r.inDomain(domain, r.lose) {
		r.add(domain.At, finding.Warning, "states the user's domain: named rules leave it to the identity provider, whose domain it must be", "")
	}
	r.named(n)
}

func (r *ruleImport) named(n *engine.Node) {
	u, parts := spec.User{At: n.At}, 0
	for _, part := range []struct {
		key string
		to  *spec.Text
	}{{"name", &u.Name}, {"id", &u.ID}, {"email", &u.Email}} {
		if given := n.Get(part.key); given != nil {
			*part.to = r.template(given, "user."+part.key, r.lose)
			parts++
		}
	}
	if parts == 0 {
		r.lose(n.At, "gives a user without name, id and email, which keeps later rules from naming one: named rules cannot", "")
	}
	r.rule.User = &u
}

// unused looks through what has no effect: a placeholder that fails ends the
// login even there.
func (r *ruleImport) unused(n *engine.Node) {
	inner, _ := members(n)
	for _, m := range inner {
		r.unused(m.Value)
		if text := m.Value.Text(); text != "" {
			r.inNames(m.Value, m.Key, r.lose)
		}
	}
}

func members(n *engine.Node) ([]engine.Member, bool) {
	if n == nil {
		return nil, false
	}
	list, ok := n.Value.([]engine.Member)
	return list, ok
}

// inDomain reports whether a domain is the one that all groups share.
func (r *ruleImport) inDomain(n *engine.Node, fail func(finding.Range, string, string)) bool {
	name := n.Get("name")
	if id := n.Get("id"); id != nil || name == nil {
		fail(n.At, "gives a domain otherwise than by its name: named rules know the name of the identity provider's domain",
			fmt.Sprintf(`"domain": {"name": "Default"} (openstack domain show %s -f value -c name)`, id.Text()))
		return false
	}
	text, ok := r.fixed(name, "a domain", fail)
	switch {
	case !ok:
		return false
	case r.out.Domain == "":
		r.out.Domain, r.domainAt = text.Value, name.At
	case r.out.Domain != text.Value:
		fail(name.At, fmt.Sprintf("speaks of domain %q beside %q (%s): an identity provider has one", text.Value, r.out.Domain, r.domainAt), "")
		return false
	}
	return true
}

// fixed gives a text without placeholders.
func (r *ruleImport) fixed(n *engine.Node, what string, fail func(finding.Range, string, string)) (spec.Text, bool) {
	if strings.ContainsAny(n.Text(), "{}") || n.Text() == "" {
		fail(n.At, fmt.Sprintf("names %s %q: named rules take a fixed name there", what, n.Text()), "")
		return spec.Text{}, false
	}
	return textAt(n.Text(), n), true
}
