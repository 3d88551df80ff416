package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

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
