package session

import (
	"fmt"
	"strconv"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// day is the seconds of a day.
const day = 86400

func sessionLong() rule.Rule {
	return rule.Rule{
		Slug:     "session-long",
		Severity: finding.Warning,
		Title:    "a browser stays logged in for more than a day",
		Why: "The module's session is needed for the moment in which Keystone issues its own token. As long as it lasts, a click in Horizon logs the same person in again without the issuer: also after a logout there, after a change of groups, " +
			"and after the issuer has locked the account. Who finds the browser open needs no password.",
		Mend:   "An hour at most for `OIDCSessionMaxDuration`, minutes for `OIDCSessionInactivityTimeout` (defaults: 8 hours and 5 minutes).",
		Source: "mod_auth_openidc, auth_openidc.conf, OIDCSessionMaxDuration and OIDCSessionInactivityTimeout",
		Check: func(p *rule.Pass) {
			for key, advice := range map[string]string{"oidcsessionmaxduration": "OIDCSessionMaxDuration 3600", "oidcsessioninactivitytimeout": "OIDCSessionInactivityTimeout 300"} {
				for _, s := range settings(p, party, key) {
					seconds, err := strconv.Atoi(subject.Arg(s.at, 0))
					if err != nil || seconds <= day || key == "oidcsessioninactivitytimeout" && !endless(s.Vhost) {
						continue
					}
					p.On(s.at, finding.Finding{
						Message: fmt.Sprintf("%s %d: for %d days a browser is logged in again without the issuer, also when the account is locked there", s.at.Name, seconds, seconds/day),
						Hint:    advice,
					}, s.Vhost)
				}
			}
		},
	}
}

// endless reports whether no shorter OIDCSessionMaxDuration ends what a long time of
// inactivity leaves alive.
func endless(v *subject.Vhost) bool {
	c := v.Command("oidcsessionmaxduration")
	seconds, err := strconv.Atoi(subject.Arg(c, 0))
	return c != nil && (err != nil || seconds == 0)
}
