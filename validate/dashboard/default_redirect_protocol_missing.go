package dashboard

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func defaultRedirectProtocolMissing() rule.Rule {
	return rule.Rule{
		Slug:     "default-redirect-protocol-missing",
		Severity: finding.Error,
		Title:    "the login page sends everybody to the protocol None",
		Why:      "With `WEBSSO_DEFAULT_REDIRECT` Horizon shows no form and sends everybody to /auth/OS-FEDERATION/websso/ and the protocol of `WEBSSO_DEFAULT_REDIRECT_PROTOCOL`. Where that is not set, Python writes `None`: nobody can log in, neither by the portal nor with a password.",
		Mend:     "Name the protocol, such as openid.",
		Source:   "Horizon, openstack_auth/views.py, login; openstack_auth/defaults.py",
		Check: func(p *rule.Pass) {
			d := on(p.Site)
			if d == nil {
				return
			}
			redirect, sure, at := d.On("WEBSSO_DEFAULT_REDIRECT", false)
			protocol, _, known := d.Text("WEBSSO_DEFAULT_REDIRECT_PROTOCOL")
			if !redirect || !sure || !known || protocol != "" {
				return
			}
			p.Report(finding.Finding{
				At:      at,
				Message: "WEBSSO_DEFAULT_REDIRECT is on without WEBSSO_DEFAULT_REDIRECT_PROTOCOL: everybody is sent to /auth/OS-FEDERATION/websso/None",
				Hint:    "WEBSSO_DEFAULT_REDIRECT_PROTOCOL = \"openid\"",
			}, "WEBSSO_DEFAULT_REDIRECT")
		},
	}
}
