package registration

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func groupNamesAsPaths() rule.Rule {
	return rule.Rule{
		Slug:     "group-names-as-paths",
		Severity: finding.Warning,
		Title:    "groups come as paths, not as names",
		Why: "Keycloak's group membership mapper writes `/readers` and `/staff/readers` unless Full group path is off, which it is not where the export leaves it out. A rule that knows `readers` fits nobody then: " +
			"people log in and have no group, or are refused with 401.",
		Mend:   "Write `full.path: false` (Full group path: off), or write the rules with the paths.",
		Source: "Keycloak, services, GroupMembershipMapper; OIDCAttributeMapperHelper",
		Check: each(func(p *rule.Pass, c *subject.Registered) {
			for _, m := range c.Mappers {
				config := m.Get("config")
				if m.Get("protocolMapper").Text() != "oidc-group-membership-mapper" || config.Get("full.path").Text() == "false" || paths(p) {
					continue
				}
				at(p, c, m.Get("protocolMapper"), finding.Finding{
					Message: fmt.Sprintf("groups of the client %s come as paths in the claim %.100q: /readers where the rules know readers", shown(c.ID), config.Get("claim.name").Text()),
					Hint:    `"full.path": "false"`,
				})
			}
		}),
	}
}
