package keystone

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func trustedDashboardMalformed() rule.Rule {
	return rule.Rule{
		Slug:     "trusted-dashboard-malformed",
		Severity: finding.Error,
		Title:    "a trusted dashboard can never be one",
		Why: "Keystone compares the whole text with the `origin` that Horizon sends, which is `https://HOST/WEBROOT/auth/websso/`. Without the final slash, without the path, in quotes inside of a list, " +
			"or with several URLs on a line it equals nothing, and everybody who comes from that dashboard gets 401 after the login.",
		Mend:   "One line for each dashboard, with its URL and `auth/websso/` behind it.",
		Source: "Keystone, keystone/api/auth.py, _get_sso_origin_host; Horizon, openstack_auth/utils.py, get_websso_url",
		After:  []string{"value-with-comment", "value-swallows-a-line"},
		Check: func(p *rule.Pass) {
			if p.Keystone == nil {
				return
			}
			for _, v := range trusted(p.Site) {
				wrong, better := shape(v.Text)
				if wrong == "" {
					continue
				}
				f := finding.Finding{
					At:      line(v),
					Message: fmt.Sprintf("trusted_dashboard %q: %s; whoever comes from there gets 401", firstLine(v.Text), wrong),
					Hint:    "trusted_dashboard = " + better,
				}
				if better == v.Text+"/" && bare(p.Site, v) {
					f.Fix = replace(v, better, "end the URL in a slash")
				}
				p.Report(f, v.KeyAt, option("trusted_dashboard"))
			}
		},
	}
}
