package mapping

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func nestedClaim(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "nested-claim",
		Severity: finding.Warning,
		Title:    "a claim that holds an object is read as a list",
		Why: "Keycloak's `realm_access` and `resource_access` are objects. httpd's modules pass an object as one JSON text, `{\"roles\": [\"admin\"]}`, " +
			"which equals no role: the rule holds for nobody, and as groups it is one group of that odd name.",
		Mend:   "Have the issuer send the roles in a claim of their own: in Keycloak a mapper \"User Realm Role\" with the token claim name `roles`, multivalued.",
		Source: "mod_auth_openidc, src/util.c, oidc_util_set_app_infos; keystone/federation/utils.py",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, q := range x.remote {
				if !slices.Contains([]string{"realm_access", "resource_access"}, claim(q.typeOf())) || q.regex || !q.plain() || q.list == nil && !x.asGroups(q) {
					continue
				}
				p.Report(finding.Finding{
					At:      q.node.At,
					Message: fmt.Sprintf("%s: %s holds an object, which arrives as one JSON text such as {\"roles\": […]}, and is no list of roles", x, q.typeOf()),
					Hint:    `{"type": "OIDC-roles", "any_one_of": ["cloud-user"]}, and a mapper for the claim "roles"`,
				}, x.node, q.node)
			}
		}),
	}
}

// asGroups reports whether groups are taken from a requirement.
func (x *oneRule) asGroups(q *requirement) bool {
	return slices.ContainsFunc(x.texts, func(t *text) bool { return t.givesGroups() && slices.Contains(x.sources(t), q) })
}

// plain reports whether no listed value is JSON itself.
func (q *requirement) plain() bool {
	return !slices.ContainsFunc(q.texts(), func(text string) bool { return strings.HasPrefix(text, "{") })
}
