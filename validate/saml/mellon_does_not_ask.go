package saml

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func mellonDoesNotAsk() rule.Rule {
	return rule.Rule{
		Slug:     "mellon-does-not-ask",
		Severity: finding.Error,
		Title:    "mod_auth_mellon does not log anybody in where it is to",
		Why: "`AuthType Mellon` names the module, and `MellonEnable auth` has it act: send browsers to the identity provider, answer programs that speak ECP with its request. With `info` it only tells of a session that is there already, and `off`, the default, does nothing. " +
			"Whoever comes without a session gets 401, and no login can begin.",
		Mend:   "Write `MellonEnable auth` into the section. `info` is for the paths of the module itself.",
		Source: "mod_auth_mellon, auth_mellon_handler.c, am_auth_mellon_user; auth_mellon.h, am_enable_t",
		After:  []string{"auth-type-without-module"},
		Check: func(p *rule.Pass) {
			judge(p, "MellonEnable", func(value string) (f finding.Finding, ok bool) {
				if value == "auth" {
					return f, false
				}
				f = finding.Finding{Message: "MellonEnable is " + value + " here: who has no session gets 401, and is not sent to log in", Hint: "MellonEnable auth"}
				if value == "" {
					f.Message = "nothing here switches mod_auth_mellon on: everybody gets 401, and nobody is sent to log in"
				}
				return f, true
			})
		},
	}
}
