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
		r.groupIDs(item.Get("group_ids"))
		r.projects(item.Get("projects"))
		if item.Get("groups") == nil {
			r.unused(item.Get("domain"))
		}
		if n := item.Get("projects_json"); n != nil {
			r.drop(n.At, "gives projects_json, which named rules do not have", "")
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
	if kind := n.Get("type"); kind.Text() == "local" {
		u.Type = textAt("local", kind)
	}
	if domain := n.Get("domain"); domain != nil {
		r.userDomain(domain, &u)
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

// fixed gives a text without placeholders.
func (r *ruleImport) fixed(n *engine.Node, what string, fail func(finding.Range, string, string)) (spec.Text, bool) {
	if strings.ContainsAny(n.Text(), "{}") || n.Text() == "" {
		fail(n.At, fmt.Sprintf("names %s %q: named rules take a fixed name there", what, n.Text()), "")
		return spec.Text{}, false
	}
	return textAt(n.Text(), n), true
}
