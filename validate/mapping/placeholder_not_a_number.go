package mapping

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func placeholderNotANumber(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "placeholder-not-a-number",
		Severity: finding.Error,
		Title:    "a placeholder names a claim instead of its number",
		Why: "Keystone formats the texts of `local` with Python's `str.format` and gives it the values by number alone. A name raises a " +
			"KeyError that Keystone does not know: the web server answers with its own HTML page and status 500. The mapping is stored without a word.",
		Mend:   "Write the number of the entry in `remote`, counted from 0 without conditions.",
		Source: "keystone/federation/utils.py, RuleProcessor._update_local_mapping; docs.python.org, Format String Syntax",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, t := range x.texts {
				name, ok := x.named(t)
				if !ok {
					continue
				}
				f := finding.Finding{
					At:      t.node.At,
					Message: fmt.Sprintf("%s: %s names {%s}, but placeholders are numbers (%s): every login that the rule holds for ends in 500", x, quoted(t.node.Text()), name, x.entries()),
					Hint:    fmt.Sprintf(`{"type": "OIDC-%s"} in "remote", and its number here`, name),
				}
				if n, ok := x.entryOf(name); ok {
					f.Fix = renumber(t, name, n)
					f.Hint = f.Fix.Edits[0].Text
				}
				p.Report(f, x.node, t.node)
			}
		}),
	}
}

// entryOf gives the number of the only direct entry that holds a claim.
func (x *oneRule) entryOf(name string) (number int, ok bool) {
	for _, q := range x.direct {
		if claim(q.typeOf()) == claim("OIDC-"+name) || q.typeOf() == name {
			if ok {
				return 0, false
			}
			number, ok = q.number, true
		}
	}
	return number, ok
}
