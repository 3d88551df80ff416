package mapping

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func groupsWithoutDomain(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "groups-without-domain",
		Severity: finding.Error,
		Title:    "groups has no domain beside it",
		Why: "Names of groups are unique in a domain only, so Keystone wants `domain` in the same item of `local` as `groups`. Without it " +
			"every login that the rule holds for ends in 401, also for people without any group. The mapping is stored without a word. " +
			"Only claims that bring whole groups (`JSON:{\"name\": …, \"domain\": …}`) need none.",
		Mend:   "Put `domain` into the same braces as `groups`, not into an item of its own.",
		Source: "keystone/federation/utils.py, RuleProcessor._normalize_groups",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, t := range x.texts {
				if !t.at("groups") || t.item.Get("domain") != nil || strings.Contains(t.node.Text(), "name") {
					continue
				}
				f := finding.Finding{
					At:      t.node.At,
					Message: fmt.Sprintf("%s: \"groups\" is %s, with no \"domain\" beside it: every login that the rule holds for ends in 401", x, quoted(t.node.Text())),
					Hint:    fmt.Sprintf(`{"groups": %s, "domain": {"name": "Default"}}`, quoted(t.node.Text())),
				}
				if x.mayBringJSON(t) {
					f.Severity = finding.Warning
					f.Message += ", unless the claim brings whole groups as JSON"
				}
				p.Report(f, x.node, t.node)
			}
		}),
	}
}

// mayBringJSON reports whether a claim that is handed on as it is may hold whole
// groups.
func (x *oneRule) mayBringJSON(t *text) bool {
	for _, q := range x.sources(t) {
		if q.lets() {
			return true
		}
	}
	return false
}
