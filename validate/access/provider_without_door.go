package access

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func providerWithoutDoor() rule.Rule {
	return rule.Rule{
		Slug:     "provider-without-door",
		Severity: finding.Warning,
		Title:    "no section lets an identity provider's users in",
		Why: "Keystone has the identity provider, and a general deny keeps its paths closed, as it should for what no section opens. But no section opens them: " +
			"its users get 403 from httpd, by token and in the browser.",
		Mend:   "Write sections for its auth path and its websso path, or disable the identity provider in Keystone.",
		Source: "Keystone, keystone/api/os_federation.py and auth.py",
		After:  []string{"location-outside-of-mount", "location-is-no-path", "location-mistyped", "location-ends-in-slash", "door-without-provider", "denied-by-mistake"},
		Check: func(p *rule.Pass) {
			all := gates(p.Site)
			if len(all) == 0 {
				return
			}
			for _, n := range providers(p.Site) {
				if hasDoor(all, n) {
					continue
				}
				p.Report(finding.Finding{
					At:      all[0].At(),
					Message: fmt.Sprintf("identity provider %s, protocol %s, which %s has, is closed everywhere: its users get 403", n.idp, n.protocol, n.by),
					Hint:    "<Location " + pathOf(subject.Auth, mounts(all[0])[0], n.idp, n.protocol) + ">",
				}, all[0])
			}
		},
	}
}

// hasDoor reports whether one of an identity provider's paths is not closed at one of
// the virtual hosts.
func hasDoor(vhosts []*subject.Vhost, n provider) bool {
	for _, v := range vhosts {
		for _, m := range mounts(v) {
			for _, place := range places(m, n.idp, n.protocol) {
				if stateAt(v, place.kind, place.path) != closed {
					return true
				}
			}
		}
	}
	return false
}
