package iam

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
)

// Compile makes the service's mapping of the provider's named rules. What it cannot
// say is a finding at its place.
func Compile(idp spec.IdentityProvider) (Mapping, finding.List) {
	m := Mapping{ID: idp.ID.Value}
	var list finding.List
	for _, rule := range idp.Rules {
		c := compiler{rule: rule}
		m.Rules = append(m.Rules, c.compile())
		list = append(list, c.findings...)
	}
	return m, list
}

// compiler turns one rule. A claim gets its number when a text first names it.
type compiler struct {
	rule     spec.Rule
	claims   []string
	findings finding.List
}

// compile writes the claims first and the conditions behind them: conditions have no
// number (user guide, iam_08_0006).
func (c *compiler) compile() Rule {
	c.beyond()
	out := Rule{Local: c.local()}
	for _, claim := range c.claims {
		out.Remote = append(out.Remote, Remote{Type: claim})
	}
	for _, when := range c.rule.When {
		out.Remote = append(out.Remote, c.condition(when))
	}
	if len(out.Remote) == 0 {
		out.Remote = []Remote{{Type: "iss"}} // a rule for everybody: every ID token has it
	}
	return out
}

func (c *compiler) local() []Local {
	var out []Local
	if u := c.rule.User; u != nil {
		out = append(out, Local{User: &Name{c.format(u.Name)}})
	}
	if c.rule.GroupsBy.Given() {
		out = append(out, Local{Groups: c.format(c.rule.GroupsBy)})
	}
	for _, g := range c.rule.Groups {
		c.plain(g.Name, g.Name.Value)
		out = append(out, Local{Group: &Name{g.Name.Value}})
	}
	return out
}

func (c *compiler) condition(when spec.Condition) Remote {
	c.claim(when.Claim, when.Claim.Value)
	out := Remote{Type: when.Claim.Value}
	for _, v := range when.Values {
		if when.Op == spec.NoneOf || when.Op == spec.MatchesNone {
			out.NotAnyOf = append(out.NotAnyOf, v.Value)
		} else {
			out.AnyOneOf = append(out.AnyOneOf, v.Value)
		}
	}
	return out
}

// format writes a template with numbers in the place of claims.
func (c *compiler) format(t spec.Text) string {
	pieces, err := spec.Pieces(t.Value)
	if err != nil {
		c.refuse(t.At, "the template "+t.Value+" cannot be compiled: "+err.Error(), "")
	}
	var b strings.Builder
	for _, p := range pieces {
		if p.Claim == "" {
			c.plain(t, p.Text)
			b.WriteString(p.Text)
			continue
		}
		fmt.Fprintf(&b, "{%d}", c.number(t, p.Claim))
	}
	return b.String()
}

func (c *compiler) number(t spec.Text, claim string) int {
	c.claim(t, claim)
	if n := slices.Index(c.claims, claim); n >= 0 {
		return n
	}
	c.claims = append(c.claims, claim)
	return len(c.claims) - 1
}

func (c *compiler) refuse(at finding.Range, message, hint string) {
	c.findings = append(c.findings, finding.Finding{Slug: "iam-mapping", Severity: finding.Error, At: at, Message: message, Hint: hint})
}
