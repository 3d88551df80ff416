package login

import (
	"net/url"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func requestPromptNone() rule.Rule {
	return rule.Rule{
		Slug:     "request-prompt-none",
		Severity: finding.Warning,
		Title:    "the issuer is told not to show a login page",
		Why:      "With `prompt=none` an issuer answers at once: with a code for somebody who has a session there, and `login_required` for everybody else, who then sees an error page of the module's in place of the login form.",
		Mend:     "Remove `prompt=none`. `prompt=login` asks for the password each time, `prompt=select_account` for the account.",
		Source:   "OpenID Connect Core 3.1.2.1 and 3.1.2.6",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, key := range []string{"oidcauthrequestparams", "oidcpathauthrequestparams"} {
					for _, c := range t.Commands(key) {
						if promptsNone(c) {
							p.On(c, finding.Finding{
								Message: "prompt=none: users without a session at the issuer get an error in place of the login page",
								Hint:    "remove prompt=none",
							}, t.VhostOf(c))
						}
					}
				}
			}
		},
	}
}

func promptsNone(c *httpdconf.Command) bool {
	values, err := url.ParseQuery(subject.Arg(c, 0))
	return err == nil && slices.Contains(values["prompt"], "none")
}
