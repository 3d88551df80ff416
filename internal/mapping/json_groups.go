package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/spec"
)

// split gives the rule without its filtered groups, and a rule for each group that
// the filter lets through: a filter keeps or drops JSON text as a whole.
func (c *compiler) split() []Rule {
	f, filtered := c.splits()
	if !filtered {
		return []Rule{c.present(c.whole())}
	}
	rest := *c
	rest.rule.GroupsBy, rest.rule.GroupIDs, rest.rule.Filters = spec.Text{}, spec.Text{}, nil
	out := []Rule{}
	if whole := rest.whole(); len(whole.Local) > 0 {
		out = append(out, c.present(whole))
	}
	for _, v := range f.Values {
		one := Remote{Type: Variable(f.Claim.Value), AnyOneOf: []any{listed(v.Value)}, Regex: true}
		out = append(out, Rule{Local: []Local{{Group: c.groupOf(v)}}, Remote: append(rest.conditions(), one)})
	}
	c.findings = rest.findings
	return out
}

// splits gives the filter of the claim that lists the groups. Other filters do
// nothing, of which checkFilters tells.
func (c *compiler) splits() (spec.Filter, bool) {
	by, _ := onlyClaim(c.rule.GroupsBy.Value)
	ids, _ := onlyClaim(c.rule.GroupIDs.Value)
	for _, f := range c.rule.Filters {
		switch {
		case f.Except:
			c.refuse(f.Claim, fmt.Sprintf("except of %q drops elements of a list", f.Claim.Value), "only, with each group")
		case f.Matches:
			c.refuse(f.Claim, fmt.Sprintf("only of %q picks elements by an expression", f.Claim.Value), "only, with each group")
		case by != "" && ids != "":
			c.refuse(f.Claim, "groups and group_ids of one rule", "a rule for each of them")
		default:
			return f, true
		}
	}
	return spec.Filter{}, false
}

// groupOf is a group that the filter names.
func (c *compiler) groupOf(v spec.Text) *Group {
	if c.rule.GroupIDs.Given() {
		return &Group{ID: fixed(v)}
	}
	return &Group{Name: fixed(v), Domain: c.inDomain(c.rule.GroupsIn)}
}

// present keeps what a rule asks of the claim that lists its groups: that it is
// there, and not null, which mod_auth_openidc hands on as nothing.
func (c *compiler) present(r Rule) Rule {
	for _, t := range []spec.Text{c.rule.GroupsBy, c.rule.GroupIDs} {
		if claim, single := onlyClaim(t.Value); single {
			r.Remote = append(r.Remote, Remote{Type: Variable(claim), NotAnyOf: []any{nothing}, Regex: true})
		}
	}
	return r
}
