package mapping

import (
	"fmt"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

// longest is how many characters the name of a project, group or domain may have
// (keystone/identity/backends/sql_model.py, keystone/resource/backends/sql_model.py).
const longest = 64

func nameTooLong(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "name-too-long",
		Severity: finding.Error,
		Title:    "a project, group or domain has a longer name than Keystone stores",
		Why: "Names of projects, groups and domains have 64 characters at most. A login that brings a longer project ends in 400; a longer group " +
			"does not exist and is passed over without a word, a longer domain ends in 404.",
		Mend:   "Shorten the name, in Keystone as well.",
		Source: "keystone/resource/schema.py, keystone/identity/backends/sql_model.py",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, t := range x.texts {
				name, fixed := t.template.Literal()
				n := utf8.RuneCountInString(name)
				if last := len(t.path) - 1; !fixed || n <= longest || last < 1 || t.path[last] != "name" || t.path[0] == "user" && last == 1 {
					continue
				}
				p.Report(finding.Finding{
					At:      t.node.At,
					Message: fmt.Sprintf("%s: a name of %d characters, but Keystone stores %d at most: %s", x, n, longest, t.whenTooLong()),
					Hint:    quoted(string([]rune(name)[:longest])),
				}, x.node)
			}
		}),
	}
}

func (t *text) whenTooLong() string {
	switch t.path[len(t.path)-2] {
	case "projects":
		return "the login ends in 400"
	case "domain":
		return "the domain is not found, the login ends in 404"
	case "roles":
		return "the role is not found, the login ends in 404"
	}
	return "the group is not found and not given"
}
