package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
)

func domainEmpty(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "domain-empty",
		Severity: finding.Error,
		Title:    "the domain of groups names none",
		Why: "The schema takes `\"domain\": {}`. At login Keystone looks for a domain without a name and answers 404 (`Could not find domain`) to " +
			"everybody whom the rule gives a group. A variable of a generator that was empty does the same with `{\"name\": \"\"}`.",
		Mend:   "Name the domain that the groups are in, by `name` or by `id`.",
		Source: "keystone/federation/utils.py, transform_to_group_ids",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, item := range x.local {
				for _, domain := range groupDomains(item) {
					if !incomplete(domain) {
						continue
					}
					p.Report(finding.Finding{
						At:      domain.At,
						Message: fmt.Sprintf("%s: the domain of its groups has neither id nor name: logins that get one end in 404", x),
						Hint:    `"domain": {"name": "Default"}`,
					}, x.node)
				}
			}
		}),
	}
}

// groupDomains gives the domains in which an item of local looks for groups.
func groupDomains(item *engine.Node) []*engine.Node {
	var out []*engine.Node
	if domain := item.Get("group").Get("domain"); domain != nil {
		out = append(out, domain)
	}
	if domain := item.Get("domain"); domain != nil && item.Get("groups") != nil {
		out = append(out, domain)
	}
	return out
}
