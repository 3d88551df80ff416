package keystone

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func trustedDashboardMissing() rule.Rule {
	return rule.Rule{
		Slug:     "trusted-dashboard-missing",
		Severity: finding.Error,
		Title:    "browsers log in at Keystone, which trusts no dashboard",
		Why: "Behind a login Keystone hands the token to the dashboard that the browser came from, if `[federation] trusted_dashboard` has exactly its URL. The list is empty unless it is set, " +
			"and then everybody who has logged in at the issuer gets 401.",
		Mend:   "Name the URL of each dashboard: its own, and `auth/websso/` behind it.",
		Source: "Keystone, keystone/api/auth.py, _get_sso_origin_host",
		After:  []string{"option-misspelt", "option-in-wrong-section", "section-misspelt", "value-swallows-a-line"},
		Check: func(p *rule.Pass) {
			door := browsers(p.Site)
			if door == nil || !whole(p.Site) || len(p.Keystone.Conf.All("federation", "trusted_dashboard")) > 0 {
				return
			}
			p.Report(finding.Finding{
				At:      top(p.Site, "federation"),
				Message: fmt.Sprintf("[federation] has no trusted_dashboard, but browsers log in at %s: each of them gets 401", door.Path),
				Hint:    "[federation]\ntrusted_dashboard = " + dashboardOf(p.Site) + callback,
				Related: []finding.Related{{Message: "here browsers log in", At: door.Section.At()}},
			}, option("trusted_dashboard"))
		},
	}
}

// dashboardOf gives the URL of a dashboard, as a description has it.
func dashboardOf(s *subject.Site) string {
	for _, d := range s.Descriptions {
		for _, u := range d.Spec.Keystone.Dashboards {
			return u.Value
		}
	}
	return "https://dashboard.example.org"
}
