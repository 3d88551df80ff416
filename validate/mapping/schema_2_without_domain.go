package mapping

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func schema2WithoutDomain(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "schema-2-without-domain",
		Severity: finding.Error,
		Title:    "under schema 2.0 a user or project has no domain",
		Why: "From schema 2.0 on, a user without `domain` gets the one that stands in the last item of the last rule that holds, and a project the " +
			"one of its own item. Where none stands there Keystone takes Python's None for a domain and answers 400 (`argument of type 'NoneType' is " +
			"not iterable`). It does not fall back to the identity provider's domain as schema 1.0 does.",
		Mend:   "Put `domain` into every item of `local`, or state schema 1.0.",
		Source: "keystone/federation/utils.py, RuleProcessorToHonorDomainOption",
		Check: r.eachDocument(func(p *rule.Pass, d *document) {
			if d.schema == "1.0" || d.schema == "" {
				return
			}
			homeless := slices.ContainsFunc(d.rules, (*oneRule).homelessUser)
			var last []*oneRule
			for _, x := range d.rules {
				if x.endsHomeless(homeless) {
					last = append(last, x)
				} else {
					x.reportProjects(p)
				}
			}
			reportLast(p, last)
		}),
	}
}

// reportLast tells of rules whose last item leaves the user without a domain: one
// root cause, told once.
func reportLast(p *rule.Pass, rules []*oneRule) {
	if len(rules) == 0 {
		return
	}
	first := rules[0]
	f := finding.Finding{
		At:      first.last().At,
		Message: fmt.Sprintf("%s: its last item has no domain, which under schema %s is the user's: logins of which it is the last rule end in 400", first, first.document.schema),
		Hint:    `"domain": {"name": "Default"}`,
	}
	for _, x := range rules[1:] {
		f.Related = append(f.Related, finding.Related{Message: fmt.Sprintf("so it is in %s", x), At: x.last().At})
	}
	p.Report(f, first.document)
}

func (x *oneRule) last() *engine.Node { return x.local[len(x.local)-1] }

// endsHomeless reports whether a login of which this is the last rule leaves the
// user without a domain. others is whether any rule names a user without one.
func (x *oneRule) endsHomeless(others bool) bool {
	return len(x.local) > 0 && x.last().Get("domain") == nil && (x.homelessUser() || x.user() == nil && others)
}

// reportProjects tells of projects that have no domain, their own or beside them.
func (x *oneRule) reportProjects(p *rule.Pass) {
	for _, item := range x.local {
		for _, project := range item.Get("projects").Items() {
			if item.Get("domain") == nil && project.Get("domain") == nil {
				p.Report(finding.Finding{
					At:      project.At,
					Message: fmt.Sprintf("%s: project %s has no domain, neither its own nor beside it: under schema %s the login ends in 400", x, quoted(project.Get("name").Text()), x.document.schema),
					Hint:    `"domain": {"name": "Default"}`,
				}, x.node)
			}
		}
	}
}

// homelessUser reports whether a rule names a user who has no domain.
func (x *oneRule) homelessUser() bool {
	u := x.user()
	return u != nil && len(members(u.Get("domain"))) == 0
}
