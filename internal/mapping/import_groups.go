package mapping

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

// group takes a group by its name and domain, or by its id; they are fixed.
func (r *ruleImport) group(n *engine.Node) {
	if n == nil {
		return
	}
	g, ok := spec.RuleGroup{At: n.At}, false
	if id := n.Get("id"); id != nil {
		g.ID, ok = r.fixed(id, "a group by the id", r.drop)
	} else if g.Name, ok = r.fixed(n.Get("name"), "a group", r.drop); ok {
		g.Domain, ok = r.domain(n.Get("domain"), r.drop)
	}
	if ok && !slices.ContainsFunc(r.rule.Groups, g.Same) {
		r.rule.Groups = append(r.rule.Groups, g)
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
	domain, ok := r.groupsIn(item.Get("domain"), n)
	if ok && r.filter(e) {
		r.rule.GroupsBy, r.rule.GroupsIn = textAt("{"+e.claim+"}", n), domain
	} else {
		e.told = true
	}
}

// groupIDs takes a claim that lists groups by their ids.
func (r *ruleImport) groupIDs(n *engine.Node) {
	if n == nil {
		return
	}
	e, _ := r.onlyEntry(n)
	switch {
	case e == nil:
		r.drop(n.At, fmt.Sprintf("gives group_ids as %q: named rules take one claim alone", n.Text()), `"group_ids": "{0}"`)
	case r.rule.GroupIDs.Given():
		r.drop(n.At, "takes ids of groups from a second claim: a named rule takes them from one", "")
		e.told = true
	case r.filter(e):
		r.rule.GroupIDs = textAt("{"+e.claim+"}", n)
	default:
		e.told = true
	}
}

func (r *ruleImport) groupsIn(domain, groups *engine.Node) (spec.Domain, bool) {
	switch {
	case r.rule.GroupsBy.Given():
		r.drop(groups.At, "takes groups from a second claim: a named rule takes them from one", "")
		return spec.Domain{}, false
	case domain == nil:
		r.drop(groups.At, "gives groups without a domain beside them: Keystone refuses the login", `"domain": {"name": "Default"}`)
		return spec.Domain{}, false
	}
	return r.domain(domain, r.drop)
}

// filter makes only or except of an entry that gives groups, once.
func (r *ruleImport) filter(e *directEntry) bool {
	if e.filter == nil || e.groups {
		e.used, e.groups = true, true
		return true
	}
	before, fail := len(r.drops), r.drop
	if e.regex { // what is no expression ends the login
		r.patterns(e.filter)
		fail = r.lose
	}
	f := spec.Filter{Claim: spec.Text{Value: e.claim, At: e.at}, Except: e.except, Matches: e.regex, At: e.at}
	if f.Values = r.values(e.filter, "the filter of "+e.claim, fail); len(r.drops) > before {
		return false
	}
	e.used, e.groups = true, true
	r.rule.Filters = append(r.rule.Filters, f)
	return true
}
