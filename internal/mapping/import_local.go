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

// group takes a group by name; its name is fixed.
func (r *ruleImport) group(n *engine.Node) {
	if n == nil {
		return
	}
	name := n.Get("name")
	if name == nil {
		r.drop(n.At, fmt.Sprintf("gives the group of id %s: named rules know groups by name", n.Get("id").Text()),
			"openstack group show "+n.Get("id").Text()+" -c name -c domain_id")
		return
	}
	if text, ok := r.fixed(name, "a group", r.drop); ok && r.inDomain(n.Get("domain"), r.drop) {
		r.rule.Groups = distinctTexts(append(r.rule.Groups, text))
	}
}

// groupsBy takes a claim that lists groups.
func (r *ruleImport) groupsBy(item *engine.Node) {
	n := item.Get("groups")
	if n == nil {
		return
	}
	e, alone := r.onlyEntry(n)
	if e == nil {
		message := fmt.Sprintf("gives groups as %q: named rules take one claim alone", n.Text())
		if alone {
			message = fmt.Sprintf("gives groups as %q, which stands for nothing: Keystone answers 500", n.Text())
		}
		r.drop(n.At, message, `"groups": "{0}"`)
		return
	}
	if r.groupsIn(item.Get("domain"), n) && r.filter(e) {
		e.used, e.groups = true, true
		r.rule.GroupsBy = textAt("{"+e.claim+"}", n)
	} else {
		e.told = true
	}
}

func (r *ruleImport) groupsIn(domain, groups *engine.Node) bool {
	switch {
	case r.rule.GroupsBy.Given():
		r.drop(groups.At, "takes groups from a second claim: a named rule takes them from one", "")
		return false
	case domain == nil:
		r.drop(groups.At, "gives groups without a domain beside them: Keystone refuses the login", `"domain": {"name": "Default"}`)
		return false
	}
	return r.inDomain(domain, r.drop)
}

// filter makes only or except of an entry that gives groups.
func (r *ruleImport) filter(e *directEntry) bool {
	if e.filter == nil {
		return true
	}
	before := len(r.drops)
	if e.regex {
		r.drop(e.at, fmt.Sprintf("filters claim %s by regular expressions: only and except compare whole values", e.claim), "")
	}
	f := spec.Filter{Claim: spec.Text{Value: e.claim, At: e.at}, Except: e.except, At: e.at}
	if f.Values = r.values(e.filter, "the filter of "+e.claim, r.drop); len(r.drops) > before {
		return false
	}
	r.rule.Filters = append(r.rule.Filters, f)
	return true
}

// projects: of several lists the last counts.
func (r *ruleImport) projects(n *engine.Node) {
	if n == nil {
		return
	}
	if len(n.Items()) == 0 {
		r.drop(n.At, "takes away the projects of the rules before it, with an empty list: named rules cannot", "")
	}
	if r.rule.Projects != nil {
		r.add(n.At, finding.Info, "has a second list of projects, and only the last counts: the one before it is left out", "")
		r.rule.Projects = nil
	}
	for _, item := range n.Items() {
		r.project(item)
	}
}

func (r *ruleImport) project(n *engine.Node) {
	if n.Get("domain") != nil {
		r.drop(n.At, "gives a project in a domain of its own: named rules make projects in the identity provider's", "")
		return
	}
	g := spec.Grant{At: n.At, Project: r.template(n.Get("name"), "project name", r.drop)}
	for _, role := range n.Get("roles").Items() {
		if extra, _ := members(role); len(extra) > 1 {
			r.drop(role.At, "gives a role by more than its name", `{"name": "member"}`)
		} else if name, ok := r.fixed(role.Get("name"), "a role", r.drop); ok {
			g.Roles = append(g.Roles, name)
		}
	}
	switch g.Roles = distinctTexts(g.Roles); {
	case len(n.Get("roles").Items()) == 0:
		r.drop(n.At, "makes a project without roles on it, which named rules cannot", `"roles": [{"name": "member"}]`)
	case g.Project.Given() && len(g.Roles) > 0:
		r.rule.Projects = append(r.rule.Projects, g)
	}
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
