package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func domainWithoutEffect(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "domain-without-effect",
		Severity: finding.Warning,
		Title:    "a domain stands beside no groups, where schema 1.0 passes over it",
		Why: "In an item of `local`, `domain` is that of `groups` in the same item, and of nothing else: under schema 1.0 it does not place the " +
			"user or projects, and a `group` has its own. Who means it for the user gets users in the identity provider's domain.",
		Mend:   "Move it into the item with `groups`, or remove it. To place users and projects takes schema 2.0 (2024.1 and later).",
		Source: "keystone/federation/utils.py, RuleProcessor._normalize_groups and RuleProcessorToHonorDomainOption",
		After:  []string{"groups-without-domain", "local-user-incomplete", "schema-version-ignored"},
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			if x.document.schema != "1.0" {
				return
			}
			for _, item := range x.local {
				domain := item.Get("domain")
				if domain == nil || item.Get("groups") != nil {
					continue
				}
				p.Report(finding.Finding{
					At:      domain.At,
					Message: fmt.Sprintf("%s: domain %s has no effect: under schema 1.0 it belongs to \"groups\" in the same item", x, written(domain)),
					Hint:    fmt.Sprintf(`{"groups": "{1}", "domain": %s}`, written(domain)),
				}, x.node, x.document)
			}
		}),
	}
}
