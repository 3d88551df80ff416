package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func groupsUnfiltered(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "groups-unfiltered",
		Severity: finding.Warning,
		Title:    "every group that the issuer names becomes a group of Keystone",
		Why: "Whoever may create or rename groups at the issuer chooses the rights in the cloud: a group that is called as one of Keystone's is that one. " +
			"One group whose name holds the letters \"name\" makes Keystone take the whole list for JSON and refuse the login of all its members with 401, " +
			"and a single value that reads as a Python list becomes several groups.",
		Mend:   "List the groups that are meant in a `whitelist` on the same entry. It keeps the entry's number.",
		Source: "keystone/federation/utils.py, RuleProcessor._normalize_groups",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, t := range x.texts {
				if !t.givesGroups() || x.localUser() {
					continue
				}
				for _, q := range x.sources(t) {
					if q.lets() {
						p.Report(finding.Finding{
							At:      q.node.At,
							Message: fmt.Sprintf("%s: %s of the user are whatever the issuer sends in %s, expected a list of those that may come", x, t.kind(), q.typeOf()),
							Hint:    fmt.Sprintf(`{"type": %s, "whitelist": ["users", "readers"]}`, quoted(q.typeOf())),
							Related: []finding.Related{{Message: "they are taken here", At: t.node.At}},
						}, x.node, q.node)
					}
				}
			}
		}),
	}
}

func (t *text) kind() string {
	if t.at("group_ids") || t.at("group", "id") {
		return "the group ids"
	}
	return "the groups"
}
