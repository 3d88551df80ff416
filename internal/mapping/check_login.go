package mapping

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

// checkVariables tells of variables that are no claims: nothing that is rendered
// sets them, but for REMOTE_USER.
func (c *compiler) checkVariables() {
	var unset []string
	var at finding.Range
	for _, t := range c.reads() {
		name, is := spec.Variable(t.Value)
		if !is || name == "REMOTE_USER" || slices.Contains(unset, name) {
			continue
		}
		if unset = append(unset, name); len(unset) == 1 {
			at = t.At
		}
	}
	if len(unset) > 0 {
		c.warn("variable-unset", at, fmt.Sprintf("the httpd that fedstone renders never sets %s: the rule holds for nobody, unless other configuration sets that", strings.Join(unset, ", ")), "name a claim")
	}
}

// reads gives what the rule reads, each where it is named.
func (c *compiler) reads() []spec.Text {
	var out []spec.Text
	for _, cond := range c.rule.When {
		out = append(out, cond.Claim)
	}
	for _, t := range c.rule.Templates() {
		for _, claim := range spec.Claims(t.Value) {
			out = append(out, spec.Text{Value: claim, At: t.At})
		}
	}
	return out
}

// placesUsers is the first major version of Keystone that honours the domain of a
// federated user: 2024.1.
const placesUsers = 25

// checkUser tells where the user's domain does not count.
func (c *compiler) checkUser() {
	u := c.rule.User
	if u == nil || u.Local() || !u.Domain.Given() {
		return
	}
	if r, known := platform.ReleaseByName(c.release); known && r.Number < placesUsers {
		c.warn("user-domain-ignored", u.At, fmt.Sprintf("Keystone %s passes over the domain of a federated user, who lives in the identity provider's (2024.1 honours it)", c.release), "delete it")
	}
}
