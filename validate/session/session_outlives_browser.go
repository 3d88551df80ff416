package session

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func sessionOutlivesBrowser() rule.Rule {
	return rule.Rule{
		Slug:     "session-outlives-browser",
		Severity: finding.Info,
		Title:    "the session's cookie is kept when the browser is closed",
		Why: "With `:persistent` behind `OIDCSessionType` the session's cookie has an end date, and the browser writes it to the disk. Who opens the browser next, on a computer that several people use, is logged in as the one before. " +
			"Without it the cookie goes when the browser is closed.",
		Mend:   "Take `:persistent` away.",
		Source: "mod_auth_openidc, src/session.c, oidc_session_save (persistent_session_cookie)",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, party, "oidcsessiontype") {
				kind, rest, found := strings.Cut(strings.ToLower(subject.Arg(s.at, 0)), ":persistent")
				if !found {
					continue
				}
				p.On(s.at, finding.Finding{
					Message: "the session's cookie stays on the disk when the browser is closed: who opens it next is logged in",
					Hint:    "OIDCSessionType " + kind + rest,
					Fix:     subject.Write(s.at, 0, kind+rest),
				}, s.Vhost)
			}
		},
	}
}
