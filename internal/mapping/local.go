package mapping

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/spec"
)

// local gives one item for each part of the rule: Keystone gathers them all, and
// an item of its own keeps a group's domain from touching anything else.
func (c *compiler) local() []Local {
	out := []Local{}
	if u := c.rule.User; u != nil {
		out = append(out, Local{User: &User{ID: c.given(u.ID), Name: c.given(u.Name), Email: c.given(u.Email)}})
	}
	if c.rule.GroupsBy.Given() {
		groups := c.format(c.rule.GroupsBy)
		out = append(out, Local{Groups: &groups, Domain: c.inDomain()})
	}
	for _, g := range c.rule.Groups {
		name := literal(g.Value)
		out = append(out, Local{Group: &Group{Name: &name, Domain: c.inDomain()}})
	}
	if len(c.rule.Projects) > 0 {
		out = append(out, Local{Projects: c.projects()})
	}
	return out
}

func (c *compiler) inDomain() *Domain {
	name := literal(c.domain)
	return &Domain{Name: &name}
}

// given is format for a text that may be missing.
func (c *compiler) given(t spec.Text) *string {
	if !t.Given() {
		return nil
	}
	text := c.format(t)
	return &text
}

func (c *compiler) projects() []Project {
	out := []Project{}
	for _, grant := range c.rule.Projects {
		p := Project{Name: c.format(grant.Project), Roles: []Role{}}
		for _, role := range grant.Roles {
			p.Roles = append(p.Roles, Role{Name: literal(role.Value)})
		}
		out = append(out, p)
	}
	return out
}

// format writes a template with numbers in the place of claims.
func (c *compiler) format(t spec.Text) string {
	pieces, err := spec.Pieces(t.Value)
	if err != nil {
		c.findings = append(c.findings, badTemplate(t, err))
		return ""
	}
	var b strings.Builder
	for _, p := range pieces {
		if p.Claim != "" {
			fmt.Fprintf(&b, "{%d}", c.number(p.Claim))
		} else {
			b.WriteString(literal(p.Text))
		}
	}
	return b.String()
}

// number gives a claim's place among the direct entries.
func (c *compiler) number(claim string) int {
	if n, ok := c.index[claim]; ok {
		return n
	}
	n := len(c.direct)
	c.index[claim] = n
	c.direct = append(c.direct, c.entry(claim))
	return n
}

func (c *compiler) entry(claim string) Remote {
	r := Remote{Type: variable(claim)}
	for _, f := range c.rule.Filters {
		switch {
		case f.Claim.Value != claim:
		case f.Except:
			r.Blacklist = texts(f.Values)
		default:
			r.Whitelist = texts(f.Values)
		}
	}
	return r
}
