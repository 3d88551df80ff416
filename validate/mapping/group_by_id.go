package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func groupByID(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "group-by-id",
		Severity: finding.Info,
		Title:    "a group is given by its id",
		Why: "A group that is named by id must exist: when somebody deletes it, every login that the rule holds for ends in 500, and making a group " +
			"of the same name does not help, since it has another id. A group that is given by name and domain is passed over while it is missing.",
		Mend:   "Name it by `name` and `domain`, which are also the same on every cloud.",
		Source: "keystone/federation/utils.py, validate_mapped_group_ids",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, t := range x.texts {
				id, fixed := t.template.Literal()
				if !fixed || !t.at("group", "id") && !t.at("group_ids") {
					continue
				}
				f := finding.Finding{
					At:      t.node.At,
					Message: fmt.Sprintf("%s: group %s is given by id: when it is deleted, every login that the rule holds for ends in 500", x, quoted(id)),
					Hint:    `"group": {"name": "users", "domain": {"name": "Default"}}`,
				}
				if id == "" {
					f.Severity = finding.Error
					f.Message = fmt.Sprintf("%s: the id of a group is empty: every login that the rule holds for ends in 500", x)
				}
				p.Report(f, x.node)
			}
		}),
	}
}
