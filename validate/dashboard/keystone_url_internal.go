package dashboard

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func keystoneUrlInternal() rule.Rule {
	return rule.Rule{
		Slug:     "keystone-url-internal",
		Severity: finding.Error,
		Title:    "browsers are sent to an address that they do not reach",
		Why:      "Horizon sends the browser to `WEBSSO_KEYSTONE_URL`, and where that is not set to `OPENSTACK_KEYSTONE_URL`, by which it talks to Keystone itself. The latter often is localhost or an address inside of the control plane, which no user's browser reaches: the login hangs or is refused.",
		Mend:     "Set `WEBSSO_KEYSTONE_URL` to Keystone's public URL, with /v3.",
		Source:   "Horizon, openstack_auth/views.py, login",
		Check: func(p *rule.Pass) {
			d := on(p.Site)
			if d == nil {
				return
			}
			text, by, at := d.WebURL()
			_, host, ok := hostOf(text)
			if choices, _, _ := d.Choices(); !ok || !private(host) || len(choices) < 2 || comeBackTo(p.Site, host) {
				return
			}
			p.Report(finding.Finding{
				At:      at,
				Message: fmt.Sprintf("%s is %s, and browsers are sent there: they do not reach %s", by, text, host),
				Hint:    fmt.Sprintf("WEBSSO_KEYSTONE_URL = %q", publicURL(p.Site)),
			}, "WEBSSO_KEYSTONE_URL")
		},
	}
}

// comeBackTo reports whether a redirect URI has the host, too: then all of it, browser
// included, is on one machine.
func comeBackTo(s *subject.Site, host string) bool {
	return slices.ContainsFunc(s.Vhosts(), func(v *subject.Vhost) bool {
		u, err := url.Parse(v.Value("oidcredirecturi"))
		return err == nil && u.Host != "" && strings.EqualFold(u.Hostname(), host)
	})
}
