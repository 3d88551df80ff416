package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func groupNameMisread(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "group-name-misread",
		Severity: finding.Error,
		Title:    "a group's name holds the letters \"name\"",
		Why: "Keystone looks for the letters `name` in the text of `groups` to tell whole groups as JSON from plain names. A group that is " +
			"called `unnamed` or `filename-readers` is then held for JSON without a domain: the login of each of its members ends in 401, and in " +
			"400 where its name also holds `domain`, whatever other groups they have.",
		Mend:   "Give that group by a rule of its own: `any_one_of` on the claim, and `\"group\": {\"name\": …, \"domain\": …}` in `local`, which is not read so.",
		Source: "keystone/federation/utils.py, RuleProcessor._normalize_groups",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, t := range x.texts {
				if !t.at("groups") {
					continue
				}
				for from, name := range x.names(t) {
					item, status := misread(name)
					if status == "" {
						continue
					}
					p.Report(finding.Finding{
						At:      from.At,
						Message: fmt.Sprintf("%s: group %s holds the letters \"name\", which Keystone takes for the sign of JSON: each member's login ends in %s", x, quoted(item), status),
						Hint:    fmt.Sprintf(`"local": [{"group": {"name": %s, "domain": %s}}], "remote": [{"type": %s, "any_one_of": [%s]}]`, quoted(item), t.domain(), quoted(x.typeFor(t)), quoted(item)),
					}, x.node, from)
				}
			}
		}),
	}
}
