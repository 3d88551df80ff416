package keystone

import (
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func trustedDashboardDiffers() rule.Rule {
	return rule.Rule{
		Slug:     "trusted-dashboard-differs",
		Severity: finding.Warning,
		Title:    "no trusted dashboard has the path of the Horizon at hand",
		Why: "Horizon sends `origin`, which is its host, its WEBROOT and `auth/websso/`, and Keystone compares the text with its trusted dashboards. Where Horizon lives below /dashboard or /horizon and the list says otherwise, " +
			"or a description names another dashboard, every login from there ends in 401.",
		Mend:   "Write the URL as browsers reach the dashboard, WEBROOT included.",
		Source: "Horizon, openstack_auth/utils.py, build_absolute_uri; Keystone, keystone/api/auth.py, _get_sso_origin_host",
		After:  []string{"trusted-dashboard-malformed", "trusted-dashboard-missing", "value-swallows-a-line"},
		Check: func(p *rule.Pass) {
			if p.Keystone == nil {
				return
			}
			all := trusted(p.Site)
			if len(all) == 0 || len(all) != len(p.Keystone.Conf.All("federation", "trusted_dashboard")) {
				return
			}
			webrootDiffers(p, all)
			for _, d := range p.Descriptions {
				for _, u := range d.Spec.Keystone.Dashboards {
					if want := strings.TrimSuffix(u.Value, "/") + callback; !slices.ContainsFunc(all, func(v oslo.Value) bool { return sameDashboard(v.Text, want) }) {
						p.Report(finding.Finding{
							At:      line(all[0]),
							Message: fmt.Sprintf("trusted_dashboard has %s, but %s names the dashboard %s: whoever comes from there gets 401", all[0].Text, d.Path, u.Value),
							Hint:    "trusted_dashboard = " + want,
						}, all[0].KeyAt, option("trusted_dashboard"))
					}
				}
			}
		},
	}
}

func webrootDiffers(p *rule.Pass, all []oslo.Value) {
	root, at, known := webroot(p.Site)
	if !known || slices.ContainsFunc(all, func(v oslo.Value) bool { return pathOf(v.Text) == root+callback }) {
		return
	}
	u, err := url.Parse(all[0].Text)
	if err != nil || shapeless(all[0].Text) {
		return
	}
	u.Path = root + callback
	p.Report(finding.Finding{
		At:      line(all[0]),
		Message: fmt.Sprintf("trusted_dashboard has %s, but the Horizon at hand lives below %s/: whoever comes from there gets 401", all[0].Text, root),
		Hint:    "trusted_dashboard = " + u.String(),
		Related: []finding.Related{{Message: "Horizon's own path", At: at}},
	}, all[0].KeyAt, option("trusted_dashboard"))
}

func shapeless(value string) bool {
	wrong, _ := shape(value)
	return wrong != ""
}

// webroot gives the path that Horizon lives below, without a final slash. known is false
// also where the settings leave it out, and where Debian sets its own behind them, in local_settings.d.
func webroot(s *subject.Site) (root string, at finding.Range, known bool) {
	if s.Dashboard == nil {
		return "", at, false
	}
	root, at, known = s.Dashboard.Text("WEBROOT")
	if strings.HasPrefix(s.Platform.Name, "debian") && filepath.Base(filepath.Dir(at.Path)) != "local_settings.d" {
		return "", at, false
	}
	return strings.TrimSuffix(root, "/"), at, known && root != ""
}

func pathOf(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return ""
	}
	return u.Path
}

// sameDashboard compares as Keystone does: scheme and host of its own list in lower case.
func sameDashboard(have, want string) bool {
	u, err := url.Parse(have)
	if err != nil {
		return have == want
	}
	u.Host = strings.ToLower(u.Host)
	return u.String() == want
}
