package mapping

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// checker holds a mapping against keystone/federation/utils.py
// (MAPPING_SCHEMA_1_0 to 3_0), beyond what decoding has settled.
type checker struct {
	path     string
	findings finding.List
}

func (c *checker) mapping(m Mapping) {
	c.need(len(m.Rules) > 0, "a mapping", "has no rules, expected at least one")
	for i, r := range m.Rules {
		c.rule(fmt.Sprintf("rule %d", i+1), r)
	}
}

func (c *checker) rule(where string, r Rule) {
	c.need(r.Local != nil, where, "has no \"local\"")
	c.need(len(r.Remote) > 0, where, "has no \"remote\", expected at least one requirement")
	for i, l := range r.Local {
		c.local(fmt.Sprintf("%s, local %d", where, i+1), l)
	}
	for i, req := range r.Remote {
		c.remote(fmt.Sprintf("%s, remote %d", where, i+1), req)
	}
}

func (c *checker) local(where string, l Local) {
	if u := l.User; u != nil {
		c.need(u.Type == "" || u.Type == "ephemeral" || u.Type == "local", where, "has a user of another type than ephemeral or local")
	}
	if g := l.Group; g != nil {
		byID, byName := g.ID != "" && g.Name == "" && g.Domain == nil, g.ID == "" && g.Name != "" && g.Domain != nil
		c.need(byID || byName, where, "names a group in another way than by id alone, or by name and domain")
	}
	c.need(l.Groups == nil || l.Domain != nil, where, "has groups without a domain, which fails at login")
	for _, p := range l.Projects {
		c.need(p.Name != "" && p.Roles != nil, where, "has a project without name or roles")
	}
}

func (c *checker) remote(where string, r Remote) {
	c.need(r.Type != "", where, "has no type")
	lists := 0
	for _, list := range [][]any{r.AnyOneOf, r.NotAnyOf, r.Whitelist, r.Blacklist} {
		if list != nil {
			lists++
		}
	}
	c.need(lists <= 1, where, "has more than one of any_one_of, not_any_of, whitelist and blacklist")
	c.need(lists == 1 || !r.Regex, where, "has regex but nothing to match")
	c.need(!strings.HasPrefix(r.Type, "HTTP_OIDC"), where, fmt.Sprintf("reads a request header (%s), which is never set here: claims come as OIDC-name", r.Type))
}

func (c *checker) need(ok bool, where, what string) {
	if !ok {
		c.findings = append(c.findings, problem("bad-mapping", finding.Range{Path: c.path}, where+" "+what, ""))
	}
}
