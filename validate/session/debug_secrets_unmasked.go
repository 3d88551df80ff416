package session

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func debugSecretsUnmasked() rule.Rule {
	return rule.Rule{
		Slug:     "debug-secrets-unmasked",
		Severity: finding.Warning,
		Title:    "secrets are not masked in the debug log",
		Why: "From 2.4.20.2 on the module masks tokens, codes and client secrets in what it logs at level debug. `OIDCDebugMaskSecrets Off` takes that back: the next time somebody raises the level to look for a fault, " +
			"the client's secret and the tokens of all users are in the log, and in every copy of it.",
		Mend:   "Switch it on, or take the line away: On is the default.",
		Source: "mod_auth_openidc, ChangeLog 2.4.20.2",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, user, "oidcdebugmasksecrets") {
				if !subject.IsOff(subject.Arg(s.at, 0)) {
					continue
				}
				p.On(s.at, finding.Finding{
					Message: "OIDCDebugMaskSecrets Off: at level debug the client's secret and the users' tokens are written into the error log",
					Hint:    "OIDCDebugMaskSecrets On",
					Fix:     subject.Switch(s.at, "On"),
				}, s.Vhost)
			}
		},
	}
}
