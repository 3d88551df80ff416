package mapping

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func groupJSONBroken(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "group-json-broken",
		Severity: finding.Error,
		Title:    "a group that is written as JSON is none",
		Why: "An item of `groups` that begins with `JSON:` is a whole group: an object with `name` and `domain`. Keystone looks at it only when " +
			"somebody logs in: text that is no JSON and a group without a name end in 500, a group without a domain in 401.",
		Mend:   "Use `\"group\": {\"name\": …, \"domain\": {\"name\": …}}`, which the schema checks when the mapping is stored.",
		Source: "keystone/federation/utils.py, RuleProcessor._normalize_groups",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, t := range x.texts {
				if !t.at("groups") {
					continue
				}
				for from, given := range x.names(t) {
					if !strings.Contains(given, "name") {
						continue
					}
					for _, item := range items(given) {
						if what, status := brokenJSON(item); what != "" {
							p.Report(finding.Finding{
								At:      from.At,
								Message: fmt.Sprintf("%s: the group %s %s: every login that it is given to ends in %s", x, quoted(item), what, status),
								Hint:    `"group": {"name": "readers", "domain": {"name": "Default"}}`,
							}, x.node, from)
						}
					}
				}
			}
		}),
	}
}

// brokenJSON says what is wrong with an item that is written as a whole group, and
// what Keystone answers; "" for nothing. Python takes every leading letter of
// "JSON:" away.
func brokenJSON(item string) (what, status string) {
	if !strings.HasPrefix(item, "JSON:") {
		return "", ""
	}
	var group map[string]any
	if json.Unmarshal([]byte(strings.TrimLeft(item, "JSON:")), &group) != nil {
		return "is no JSON object", "500"
	}
	if group["domain"] == nil {
		return "has no domain", "401"
	}
	if group["name"] == nil {
		return "has no name", "500"
	}
	return "", ""
}
