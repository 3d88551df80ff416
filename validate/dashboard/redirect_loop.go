package dashboard

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func redirectLoop() rule.Rule {
	return rule.Rule{
		Slug:     "redirect-loop",
		Severity: finding.Warning,
		Title:    "a refused login comes back to the login page, and that sends it on again",
		Why:      "With `WEBSSO_DEFAULT_REDIRECT` the login page sends everybody to the issuer, who has a session and sends the browser back at once. Where Keystone refuses the user, Horizon shows LOGIN_ERROR. If that is the login page, the browser goes round in circles and nobody sees why.",
		Mend:     "Leave LOGIN_ERROR alone, or name a page that does not send on.",
		Source:   "Horizon, openstack_auth/views.py, websso",
		Check: func(p *rule.Pass) {
			d := on(p.Site)
			if d == nil {
				return
			}
			redirect, sure, _ := d.On("WEBSSO_DEFAULT_REDIRECT", false)
			page, at, known := d.Text("LOGIN_ERROR")
			if !redirect || !sure || !known || !strings.Contains(page, "auth/login") {
				return
			}
			p.Report(finding.Finding{At: at, Message: fmt.Sprintf("LOGIN_ERROR is %s, which sends on to the issuer: who is refused goes round in circles", page), Hint: "# LOGIN_ERROR is WEBROOT and auth/error/ where it is not set"}, "LOGIN_ERROR")
		},
	}
}
