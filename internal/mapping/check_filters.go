package mapping

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/python"
	"github.com/fedstone/fedstone/internal/python/re"
	"github.com/fedstone/fedstone/internal/spec"
)

// checkFilters judges `groups`, `group_ids`, `only` and `except`. A filtered claim
// loses its order in Keystone (a Python set), so it can only serve as a list of
// groups.
func (c *compiler) checkFilters() {
	lists := c.groupClaims()
	for _, f := range c.rule.Filters {
		c.checkFilter(f, lists)
	}
	if claim, single := onlyClaim(c.rule.GroupsBy.Value); single && !c.filtered(claim) {
		c.warnUnfiltered(claim)
	}
	if claim, single := onlyClaim(c.rule.GroupIDs.Value); single && !c.filtered(claim) {
		c.warn("groups-unfiltered", c.rule.GroupIDs.At, fmt.Sprintf("every id that the issuer names in %q becomes a Keystone group, of whatever domain", claim), fmt.Sprintf("only: {%s: [the ids you mean]}", claim))
	}
}

// groupClaims gives the claims that list groups, by name or by id.
func (c *compiler) groupClaims() []string {
	var claims []string
	for _, t := range []spec.Text{c.rule.GroupsBy, c.rule.GroupIDs} {
		claim, single := onlyClaim(t.Value)
		if t.Given() && !single {
			c.add("groups-in-text", t.At, "groups must be one claim alone: of several values, text around it would make one odd name", `groups: "{groups}"`)
		} else if single {
			claims = append(claims, claim)
		}
	}
	return claims
}

// filtered reports whether a filter keeps anything from a claim.
func (c *compiler) filtered(claim string) bool {
	return slices.ContainsFunc(c.rule.Filters, func(f spec.Filter) bool { return f.Claim.Value == claim && !passesAll(f) })
}

// passesAll reports whether one of the expressions is found in every value, such
// as ".*": it is found in the empty one.
func passesAll(f spec.Filter) bool {
	return f.Matches && !f.Except && slices.ContainsFunc(f.Values, func(t spec.Text) bool {
		p, err := re.Compile(t.Value, python.Default(), 0)
		if err != nil {
			return false
		}
		found, err := p.Search("")
		return found && err == nil
	})
}

func (c *compiler) checkFilter(f spec.Filter, groups []string) {
	if !slices.Contains(groups, f.Claim.Value) {
		c.add("filter-unused", f.At, fmt.Sprintf("only and except work on the claim that gives the groups; %q is not it", f.Claim.Value),
			`groups: "{`+f.Claim.Value+`}"`)
	}
	by, _ := onlyClaim(c.rule.GroupsBy.Value)
	for _, v := range f.Values {
		if !f.Except && !f.Matches && f.Claim.Value == by && strings.Contains(v.Value, "name") {
			c.add("group-called-name", v.At, fmt.Sprintf("group %q contains the letters \"name\", which makes Keystone read the whole list as something else and refuse the login", v.Value),
				fmt.Sprintf("give it by a rule of its own: when: {%s: {any_of: [%q]}}, groups: [%q]", f.Claim.Value, v.Value, v.Value))
		}
	}
}

func (c *compiler) warnUnfiltered(claim string) {
	c.warn("groups-unfiltered", c.rule.GroupsBy.At, fmt.Sprintf("every group that the issuer names in %q becomes a Keystone group, and one whose name contains \"name\" makes the login fail", claim),
		fmt.Sprintf("only: {%s: [the groups you mean]}", claim))
}

func (c *compiler) warn(slug string, at finding.Range, message, hint string) {
	f := problem(slug, at, message, hint)
	f.Severity = finding.Warning
	c.findings = append(c.findings, f)
}
