package dashboard

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func keystoneUrlOtherHost() rule.Rule {
	return rule.Rule{
		Slug:     "keystone-url-other-host",
		Severity: finding.Warning,
		Title:    "browsers are sent to a host that is none of the virtual hosts with the federation",
		Why:      "The login of a browser needs the sections, the redirect URI and the cookies of one host. Where Horizon sends the browser to Keystone by another name than the redirect URI has, the login comes back without its state cookie and ends in 400.",
		Mend:     "Use the name that ServerName and OIDCRedirectURI have.",
		Source:   "Horizon, openstack_auth/views.py, login; mod_auth_openidc, src/mod_auth_openidc.c",
		Check: func(p *rule.Pass) {
			d := on(p.Site)
			all, order, _ := webs(p.Site)
			if d == nil || len(order) == 0 {
				return
			}
			text, by, at := d.WebURL()
			_, host, ok := hostOf(text)
			if !ok || private(host) || served(p.Site, host) {
				return
			}
			p.Report(finding.Finding{
				At:      at,
				Message: fmt.Sprintf("%s sends browsers to %s, but the virtual host with the login is %s", by, host, all[order[0]].Vhost.Server.Name),
				Hint:    fmt.Sprintf("WEBSSO_KEYSTONE_URL = %q", publicURL(p.Site)),
				Related: []finding.Related{{Message: "the login", At: all[order[0]].Section.At()}},
			}, "WEBSSO_KEYSTONE_URL")
		},
	}
}

// served reports whether a virtual host with a login of browsers has a name, or has none
// at all.
func served(s *subject.Site, host string) bool {
	for _, d := range s.Doors() {
		v := d.Vhost
		if d.Kind != subject.WebSSO && d.Kind != subject.GlobalWebSSO {
			continue
		}
		same := func(name string) bool { return strings.EqualFold(name, host) || strings.ContainsAny(name, "*?") }
		if v.Server.Name == "" || private(v.Server.Name) || same(v.Server.Name) || slices.ContainsFunc(v.Server.Aliases, same) {
			return true
		}
	}
	return false
}
