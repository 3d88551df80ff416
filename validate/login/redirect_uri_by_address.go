package login

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func redirectURIByAddress(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "redirect-uri-by-address",
		Severity: finding.Info,
		Title:    "the redirect URI names an address, not a host",
		Why: "Public issuers such as Google refuse redirect URIs whose host is an IP address or a name of one label, certificates are seldom issued for them, and the address moves with the machine. " +
			"At an issuer of your own it may work.",
		Mend:   "Use the full name under which users reach Keystone.",
		Source: "developers.google.com/identity/protocols/oauth2/web-server (redirect URI validation rules)",
		After:  []string{"redirect-uri-other-host", "redirect-uri-not-https"},
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				host := v.URI.Hostname()
				_, err := netip.ParseAddr(host)
				if host == "" || err != nil && strings.Contains(host, ".") {
					continue
				}
				p.On(v.Redirect, finding.Finding{
					Message: fmt.Sprintf("the redirect URI's host %s is no full name: public issuers refuse it", host),
					Hint:    "use the name that users call: OIDCRedirectURI https://KEYSTONE" + v.path(),
				}, v.Vhost)
			}
		},
	}
}
