package spec

import (
	"fmt"

	"gopkg.in/yaml.v3"
)

func (p *IdentityProvider) rules(l *loader, n *yaml.Node) {
	l.items(n, "rules", 1, func(item *yaml.Node) {
		var r Rule
		object(fmt.Sprintf("rule %d", len(p.Rules)+1), &r.At, r.keys())(l, item)
		p.Rules = append(p.Rules, r)
	})
}

func (r *Rule) keys() []key {
	return []key{
		{"when", "", r.when},
		{"user", "", r.user},
		{"groups", "", r.groups},
		{"group_ids", "", text("group_ids", &r.GroupIDs)},
		{"only", "", r.filter("only", false)},
		{"except", "", r.filter("except", true)},
		{"projects", "", grants("projects", 1, "name", &r.Projects)},
	}
}

func (r *Rule) user(l *loader, n *yaml.Node) {
	r.User = &User{}
	object("user", &r.User.At, r.User.keys())(l, n)
}

func (u *User) keys() []key {
	return []key{
		{"name", "", text("user.name", &u.Name)},
		{"id", "", text("user.id", &u.ID)},
		{"email", "", text("user.email", &u.Email)},
		{"type", "", choice("user.type", &u.Type, "ephemeral", localUser)},
		{"domain", "", domain("user.domain", &u.Domain)},
	}
}

func (r *Rule) when(l *loader, n *yaml.Node) {
	if !l.kind(n, yaml.MappingNode, "when") {
		return
	}
	l.atLeastOne(n, "when")
	l.pairs(n, "when", func(claim Text, v *yaml.Node) {
		conditions := make([]Condition, len(operators))
		what := fmt.Sprintf("the condition on %s", show(claim.Value))
		object(what, nil, conditionKeys(conditions))(l, v)
		if v.Kind == yaml.MappingNode {
			l.atLeastOne(v, what)
		}
		for i, c := range conditions {
			if len(c.Values) > 0 {
				r.When = append(r.When, Condition{Claim: claim, Op: operators[i], Values: c.Values, At: c.At})
			}
		}
	})
}

var operators = []Operator{AnyOf, NoneOf, Matches, MatchesNone}

// conditionKeys is one condition for each operator.
func conditionKeys(into []Condition) []key {
	var table []key
	for i, op := range operators {
		table = append(table, key{string(op), "", place(&into[i].At, texts(string(op), 1, &into[i].Values))})
	}
	return table
}

// filter is a list of values, or of expressions below `matches`.
func (r *Rule) filter(what string, except bool) reader {
	return func(l *loader, n *yaml.Node) {
		if !l.kind(n, yaml.MappingNode, what) {
			return
		}
		l.atLeastOne(n, what)
		l.pairs(n, what, func(claim Text, v *yaml.Node) {
			f := Filter{Claim: claim, Except: except, Matches: v.Kind == yaml.MappingNode, At: claim.At}
			of := fmt.Sprintf("%s of claim %s", what, show(claim.Value))
			if f.Matches {
				object(of, nil, f.keys(of))(l, v)
			} else {
				texts(of, 1, &f.Values)(l, v)
			}
			r.Filters = append(r.Filters, f)
		})
	}
}

func (f *Filter) keys(what string) []key {
	return []key{{"matches", `["^cloud-"]`, texts("matches of "+what, 1, &f.Values)}}
}
