package startup

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf/walkcheck"
	"github.com/fedstone/fedstone/validate/rule"
)

func errorDirective() rule.Rule {
	return rule.Rule{
		Slug:     "error-directive",
		Severity: finding.Error,
		Title:    "the Error directive is reached",
		Why: "Error stops httpd with its text. It stands where somebody knew that the configuration cannot work, " +
			"mostly in an IfDefine or IfVersion.",
		Mend:   "Do what its text says.",
		Source: "server/core.c, generate_message",
		Check: func(p *rule.Pass) {
			for _, one := range problems(p, walkcheck.ErrorDirective) {
				p.On(one.Command, finding.Finding{
					Message: "httpd stops here: the configuration itself says that it cannot work",
					Hint:    one.Command.RawArgs(),
				})
			}
		},
	}
}
