package dashboard

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func refererUsed() rule.Rule {
	return rule.Rule{
		Slug:     "referer-used",
		Severity: finding.Info,
		Title:    "Horizon takes Keystone's address from the browser",
		Why:      "Behind a login Horizon asks Keystone for the user, at the address that the browser names as the page it comes from, unless `WEBSSO_USE_HTTP_REFERER` is False. Horizon may not reach that address from inside, which looks like a login that hangs, and a Referrer-Policy takes it away.",
		Mend:     "Set it to False: Horizon then uses OPENSTACK_KEYSTONE_URL. It is there since Yoga.",
		Source:   "Horizon, openstack_auth/views.py, websso",
		Check: func(p *rule.Pass) {
			d := on(p.Site)
			if d == nil {
				return
			}
			public, by, _ := d.WebURL()
			inside, _, known := d.Text("OPENSTACK_KEYSTONE_URL")
			use, sure, at := d.On("WEBSSO_USE_HTTP_REFERER", true)
			if !use || !sure || !known || by != "WEBSSO_KEYSTONE_URL" || inside == "" || inside == public {
				return
			}
			p.Report(finding.Finding{
				At:      place(d, at),
				Message: fmt.Sprintf("Horizon talks to Keystone at %s, but behind a login at the address that the browser came from", inside),
				Hint:    "WEBSSO_USE_HTTP_REFERER = False",
			}, "WEBSSO_USE_HTTP_REFERER")
		},
	}
}
