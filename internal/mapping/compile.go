package mapping

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
)

// Compile makes Keystone's positional rules of the provider's named ones, for a
// Keystone release such as "zed" or "2024.1".
//
// The rules are schema 1.0 on every release: 2.0 adds nothing they use, and
// breaks logins whose last local item names no domain.
func Compile(idp spec.IdentityProvider, release string) (Mapping, finding.List) {
	m := Mapping{SchemaVersion: schemaVersion(release), Rules: []Rule{}}
	list := checkTogether(idp)
	for i, r := range idp.Rules {
		c := compiler{rule: r, release: release, domain: idp.Domain, index: map[string]int{}, json: idp.Bearer.ListsAsJSON, names: NamesFor(idp)}
		for _, rule := range c.compile() {
			m.Rules, m.From = append(m.Rules, rule), append(m.From, i)
		}
		list = append(list, c.findings...)
	}
	return m, list
}

// compiler turns one rule. Direct entries are made when a template first names
// their claim, so that no entry stands unused.
type compiler struct {
	rule     spec.Rule
	release  string
	domain   spec.Text // the provider's
	direct   []Remote
	index    map[string]int // claim to its place in direct
	findings finding.List
	json     bool // lists may come as JSON text
	names    Names
}

// compile gives the rule: several where one cannot say it of both forms of a list.
func (c *compiler) compile() []Rule {
	c.checkFilters()
	c.checkVariables()
	c.checkUser()
	if c.json {
		return c.split()
	}
	return []Rule{c.whole()}
}

func (c *compiler) whole() Rule {
	local := c.local()
	remote := c.conditions()
	remote = append(remote, c.direct...)
	if len(remote) == 0 {
		// A rule for everybody. Keystone wants at least one requirement, and
		// every login has an issuer.
		remote = []Remote{{Type: c.names.RemoteID}}
	}
	return Rule{Local: local, Remote: remote}
}

func (c *compiler) conditions() []Remote {
	var out []Remote
	for _, cond := range c.rule.When {
		if c.json {
			out = append(out, c.inBothForms(cond))
		} else {
			out = append(out, condition(cond, c.names))
		}
	}
	return out
}

func condition(cond spec.Condition, names Names) Remote {
	r := Remote{Type: names.Variable(cond.Claim.Value)}
	switch cond.Op {
	case spec.NoneOf, spec.MatchesNone:
		r.NotAnyOf = texts(cond.Values)
	default:
		r.AnyOneOf = texts(cond.Values)
	}
	r.Regex = cond.Op == spec.Matches || cond.Op == spec.MatchesNone
	return r
}

// texts never gives nil: an empty list is a condition too.
func texts(values []spec.Text) []any {
	out := make([]any, 0, len(values))
	for _, v := range values {
		out = append(out, v.Value)
	}
	return out
}
