package login

import (
	"fmt"
	"strconv"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func stateTimeoutShort(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "state-timeout-short",
		Severity: finding.Warning,
		Title:    "users have less than a minute to log in",
		Why: "OIDCStateTimeout is how long a user may take at the issuer: to find the password, the second factor, perhaps to set a new password. Whoever takes longer comes back to 400, " +
			"\"state has expired\", although the issuer has let him in.",
		Mend:   "Remove the line; 300 seconds are the default.",
		Source: "mod_auth_openidc, oidc_check_cookie_expiry and OIDCStateTimeout",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				c := v.Command("oidcstatetimeout")
				seconds, err := strconv.Atoi(subject.Arg(c, 0))
				if c == nil || err != nil || seconds >= 60 {
					continue
				}
				p.On(c, finding.Finding{
					Message: fmt.Sprintf("a login that takes longer than %d seconds at the issuer is forgotten when the user comes back", seconds),
					Hint:    "OIDCStateTimeout 300",
					Fix:     subject.Write(c, 0, "300"),
				}, v.Vhost)
			}
		},
	}
}
