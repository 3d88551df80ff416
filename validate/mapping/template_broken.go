package mapping

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func templateBroken(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "template-broken",
		Severity: finding.Error,
		Title:    "a text of local is no Python format string",
		Why: "Keystone formats every text of `local` with Python's `str.format`, also one without placeholders. A brace that stands alone, " +
			"or JSON in a text, raises an exception that Keystone does not know: the web server answers with its own HTML page and status 500.",
		Mend:   "Write `{{` and `}}` for braces that are meant as such.",
		Source: "keystone/federation/utils.py, RuleProcessor._update_local_mapping; docs.python.org, Format String Syntax",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, t := range x.texts {
				raised := x.raises(t)
				if raised == nil || raised.Class == "IndexError" {
					continue
				}
				if _, named := x.named(t); named {
					continue
				}
				p.Report(finding.Finding{
					At:      t.node.At,
					Message: fmt.Sprintf("%s: %s cannot be formatted (%s): every login that the rule holds for ends in %s", x, quoted(t.node.Text()), raised, statusOf(raised.Class)),
					Hint:    wellFormed(t.node.Text()),
				}, x.node, t.node)
			}
		}),
	}
}

// wellFormed gives a text in which braces are braces, where it seems to be JSON.
func wellFormed(text string) string {
	if strings.Contains(text, `"`) {
		return quoted(strings.NewReplacer("{", "{{", "}", "}}").Replace(text))
	}
	return `"{0}", and {{ or }} where a brace is meant`
}

// statusOf is what Keystone answers to an exception that leaves str.format.
func statusOf(class string) string {
	if class == "TypeError" {
		return "400"
	}
	return "500"
}
