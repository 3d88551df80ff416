package dashboard

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func keystoneUrlNotHttps() rule.Rule {
	return rule.Rule{
		Slug:     "keystone-url-not-https",
		Severity: finding.Warning,
		Title:    "browsers are sent to Keystone without TLS",
		Why:      "The browser's way to the login begins at this URL, and at its end Keystone gives it a token from there. With `http://` all of it travels unencrypted, and the redirect URI and the cookies of the login, which are of https, do not fit.",
		Mend:     "Write the URL with https.",
		Source:   "Horizon, openstack_auth/views.py, login; RFC 6749, section 3.1",
		After:    []string{"keystone-url-internal"},
		Check: func(p *rule.Pass) {
			d := on(p.Site)
			if d == nil {
				return
			}
			text, by, at := d.WebURL()
			u, host, ok := hostOf(text)
			if choices, _, _ := d.Choices(); !ok || u.Scheme != "http" || private(host) || len(choices) < 2 {
				return
			}
			p.Report(finding.Finding{
				At:      at,
				Message: fmt.Sprintf("%s sends browsers to %s without TLS", by, text),
				Hint:    fmt.Sprintf("WEBSSO_KEYSTONE_URL = %q", "https"+strings.TrimPrefix(text, "http")),
			}, "WEBSSO_KEYSTONE_URL")
		},
	}
}
