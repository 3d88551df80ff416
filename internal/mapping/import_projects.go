package mapping

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

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
