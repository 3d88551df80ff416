package mapping

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/python"
	"github.com/fedstone/fedstone/validate/rule"
)

func regexInvalid(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "regex-invalid",
		Severity: finding.Error,
		Title:    "an expression is none for Python",
		Why: "Keystone does not look at expressions when it stores a mapping. At a login that comes to the entry, `re.search` raises an error that " +
			"Keystone does not know, and the web server answers with its own page and status 500. What is an expression hangs on the version of Python: " +
			"`(?i)` behind the beginning is refused since 3.11, `(?>…)` and `a++` before.",
		Mend:   "Write it as Python reads it. `python3 -c 'import re; re.compile(r\"…\")'` with Keystone's Python tells.",
		Source: "keystone/federation/utils.py, RuleProcessor._evaluate_values_by_regex; docs.python.org, re",
		Check: r.eachRule(func(p *rule.Pass, x *oneRule) {
			for _, q := range x.remote {
				for _, n := range q.values() {
					if !q.regex {
						continue
					}
					if raised, by, all := refusedBy(n.Text(), pythons(p)); raised != nil {
						f := finding.Finding{
							At:      n.At,
							Message: fmt.Sprintf("%s: %s is no expression of Python%s (%s): logins that come to this entry end in 500", x, quoted(n.Text()), by, raised.Message),
							Hint:    "python3 -c 'import re, sys; re.compile(sys.argv[1])' " + shell(n.Text()),
						}
						if !all {
							f.Severity = finding.Warning
						}
						p.Report(f, x.node, n)
					}
				}
			}
		}),
	}
}

// shell quotes a word for a shell.
func shell(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }

// refusedBy gives what versions of Python raise for an expression, and which do so
// where others take it.
func refusedBy(expression string, versions []python.Version) (raised *python.Exception, by string, all bool) {
	all = true
	for _, v := range versions {
		if e := refusal(expression, v); e != nil {
			raised, by = e, fmt.Sprintf(" %s", v)
		} else {
			all = false
		}
	}
	if all {
		by = ""
	}
	return raised, by, all
}
