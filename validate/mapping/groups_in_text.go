package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func groupsInText(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "groups-in-text",
		Severity: finding.Warning,
		Title:    "text stands around the placeholder of groups",
		Why: "Of a claim with one value, `team-{1}` is one group. Of several values Python writes the list into the text, and the user is in one " +
			"group that is called `team-['a', 'b']` and does not exist: the login works, and the rights are missing. With no value left it is `team-[]`.",
		Mend:   "Take the claim alone (`\"groups\": \"{1}\"`) and call the groups of Keystone as the issuer does, or write a rule for each.",
		Source: "keystone/federation/utils.py, RuleProcessor._update_local_mapping",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, t := range x.texts {
				_, only := t.template.Only()
				from := x.sources(t)
				if only || len(from) == 0 || !t.at("groups") && !t.at("group_ids") || x.raises(t) != nil || single(from[0].typeOf()) {
					continue
				}
				p.Report(finding.Finding{
					At:      t.node.At,
					Message: fmt.Sprintf("%s: %q is %s: several values of %s become one group with a list in its name, which no group has", x, t.path[0], quoted(t.node.Text()), from[0].typeOf()),
					Hint:    fmt.Sprintf(`%q: "{%d}"`, t.path[0], from[0].number),
				}, x.node, t.node)
			}
		}),
	}
}
