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
		out = append(out, Local{User: c.user(u)})
	}
	if c.rule.GroupsBy.Given() {
		groups := c.format(c.rule.GroupsBy)
		out = append(out, Local{Groups: &groups, Domain: c.inDomain(c.rule.GroupsIn)})
	}
	if c.rule.GroupIDs.Given() {
		ids := c.format(c.rule.GroupIDs)
		out = append(out, Local{GroupIDs: &ids})
	}
	for _, g := range c.rule.Groups {
		out = append(out, Local{Group: c.group(g)})
	}
	if len(c.rule.Projects) > 0 {
		out = append(out, Local{Projects: c.projects()})
	}
	return out
}

func (c *compiler) user(u *spec.User) *User {
	out := &User{ID: c.given(u.ID), Name: c.given(u.Name), Email: c.given(u.Email)}
	if u.Local() {
		out.Type = &u.Type.Value
	}
	if u.Domain.Given() {
		out.Domain = &Domain{ID: c.given(u.Domain.ID), Name: c.given(u.Domain.Name)}
	}
	return out
}

// group writes a group; its name or id is fixed.
func (c *compiler) group(g spec.RuleGroup) *Group {
	if g.ID.Given() {
		return &Group{ID: fixed(g.ID)}
	}
	return &Group{Name: fixed(g.Name), Domain: c.inDomain(g.Domain)}
}

// inDomain gives the domain of groups by name: the provider's where none is given.
func (c *compiler) inDomain(d spec.Domain) *Domain {
	switch {
	case d.ID.Given():
		return &Domain{ID: fixed(d.ID)}
	case d.Name.Given():
		return &Domain{Name: fixed(d.Name)}
	}
	return &Domain{Name: fixed(c.domain)}
}

func fixed(t spec.Text) *string {
	text := literal(t.Value)
	return &text
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
	r := Remote{Type: c.names.Variable(claim)}
	for _, f := range c.rule.Filters {
		switch {
		case f.Claim.Value != claim:
		case f.Except:
			r.Blacklist, r.Regex = texts(f.Values), f.Matches
		default:
			r.Whitelist, r.Regex = texts(f.Values), f.Matches
		}
	}
	return r
}
