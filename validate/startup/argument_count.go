package startup

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf/walkcheck"
	"github.com/fedstone/fedstone/validate/rule"
)

func argumentCount() rule.Rule {
	return rule.Rule{
		Slug:     "argument-count",
		Severity: finding.Error,
		Title:    "a directive has too few or too many arguments",
		Why: "httpd does not start. An argument that holds spaces, such as a list of scopes, must stand in quotes; " +
			"a directive whose value a template left empty must go.",
		Mend:   "Put the value in quotes, or leave the line out.",
		Source: "server/config.c, invoke_cmd",
		After:  []string{"same-site-value-unknown"},
		Check: func(p *rule.Pass) {
			for _, one := range problems(p, walkcheck.ArgumentCount) {
				p.On(one.Command, finding.Finding{
					Message: "httpd does not start: " + one.Message,
					Hint:    countHint(one.Problem),
					Fix:     quoted(one.Command),
				})
			}
		},
	}
}
