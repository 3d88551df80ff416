package startup

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf/walkcheck"
	"github.com/fedstone/fedstone/validate/rule"
)

func tagWithoutBracket() rule.Rule {
	return rule.Rule{
		Slug:     "tag-without-bracket",
		Severity: finding.Error,
		Title:    "a section's opening tag has no `>`",
		Why:      "httpd wants the bracket at the end of the line; without it httpd does not start.",
		Mend:     "End the tag with `>` on its line.",
		Source:   "server/core.c, missing_container_arg",
		Check: func(p *rule.Pass) {
			for _, one := range problems(p, walkcheck.MissingBracket) {
				p.On(one.Command, finding.Finding{
					Message: "httpd does not start: " + one.Message,
					Hint:    "<" + one.Command.Name + " …>",
				})
			}
		},
	}
}
