package keystone

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func trustedDashboardNotHTTPS() rule.Rule {
	return rule.Rule{
		Slug:     "trusted-dashboard-not-https",
		Severity: finding.Warning,
		Title:    "tokens go to a dashboard without TLS",
		Why: "After a login the browser sends the user's token to the trusted dashboard. To one with `http://` it goes unencrypted, and whoever reads along is that user. " +
			"It is as well the usual reason for a 401 where the dashboard is in truth reached by https: the URLs are compared as texts.",
		Mend:   "Reach the dashboard by https, and write its URL so.",
		Source: "Keystone, keystone/api/auth.py, _get_sso_origin_host; RFC 6750, section 5.3",
		After:  []string{"trusted-dashboard-malformed"},
		Check: func(p *rule.Pass) {
			if p.Keystone == nil {
				return
			}
			for _, v := range trusted(p.Site) {
				u, err := url.Parse(v.Text)
				if err != nil || u.Scheme != "http" || local(u.Hostname()) {
					continue
				}
				p.Report(finding.Finding{
					At:      line(v),
					Message: fmt.Sprintf("trusted_dashboard %s is reached without TLS: users' tokens travel unencrypted", firstLine(v.Text)),
					Hint:    "trusted_dashboard = https" + strings.TrimPrefix(firstLine(v.Text), "http"),
				}, v.KeyAt)
			}
		},
	}
}

// local reports a host that is the machine itself.
func local(host string) bool {
	return host == "localhost" || strings.HasPrefix(host, "127.") || host == "::1"
}
