package dashboard

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func defaultRedirectRegionMissing() rule.Rule {
	return rule.Rule{
		Slug:     "default-redirect-region-missing",
		Severity: finding.Error,
		Title:    "the login page sends everybody to localhost",
		Why:      "With `WEBSSO_DEFAULT_REDIRECT` the browser is sent to `WEBSSO_DEFAULT_REDIRECT_REGION`, neither to `WEBSSO_KEYSTONE_URL` nor to `OPENSTACK_KEYSTONE_URL`. Where it is not set, it is Horizon's own default, http://localhost/identity/v3: the user's own machine.",
		Mend:     "Set it to Keystone's public URL, with /v3.",
		Source:   "Horizon, openstack_auth/views.py, login; openstack_auth/defaults.py",
		Check: func(p *rule.Pass) {
			d := on(p.Site)
			if d == nil {
				return
			}
			redirect, sure, at := d.On("WEBSSO_DEFAULT_REDIRECT", false)
			region, where, known := d.Text("WEBSSO_DEFAULT_REDIRECT_REGION")
			_, host, isURL := hostOf(region)
			if !redirect || !sure || !known || region != "" && (!isURL || !private(host)) {
				return
			}
			f := finding.Finding{
				At:      at,
				Message: "WEBSSO_DEFAULT_REDIRECT is on without WEBSSO_DEFAULT_REDIRECT_REGION: everybody is sent to http://localhost/identity/v3",
				Hint:    fmt.Sprintf("WEBSSO_DEFAULT_REDIRECT_REGION = %q", publicURL(p.Site)),
			}
			if region != "" {
				f.At, f.Message = where, fmt.Sprintf("WEBSSO_DEFAULT_REDIRECT_REGION is %s, and everybody is sent there: browsers do not reach %s", region, host)
			}
			p.Report(f, "WEBSSO_DEFAULT_REDIRECT_REGION")
		},
	}
}
