package login

import (
	"fmt"
	"net/url"
	"strconv"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func redirectURIInAnotherVhost(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "redirect-uri-in-another-vhost",
		Severity: finding.Warning,
		Title:    "the redirect URI leads to a virtual host that knows nothing of the login",
		Why: "The browser comes back to the host and port of the redirect URI, and the virtual host that answers there has to be a relying party with the same redirect URI and passphrase. " +
			"A port that was left out is 443, which is often Horizon's virtual host: it answers 404, and the code is never redeemed.",
		Mend:   "Write the port of the virtual host into OIDCRedirectURI (and register it so at the issuer), unless a load balancer brings that address here.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_check_userid_openidc; httpd, server/vhost.c",
		After:  []string{"include-misplaced"},
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				port := portOf(v.URI)
				if v.URI.Host == "" || answers(v.Vhost, v.URI.Hostname(), port) {
					continue
				}
				if w := stranger(v, port); w != nil {
					p.On(v.Redirect, finding.Finding{
						Message: fmt.Sprintf("the redirect URI %s leads to %s, which does not have it: logins end there", v.URI, w.Name()),
						Hint:    "OIDCRedirectURI https://" + v.publicName() + v.path(),
						Related: []finding.Related{{Message: "this virtual host answers there", At: w.At()}},
					}, v.Vhost)
				}
			}
		},
	}
}

func portOf(u *url.URL) uint16 {
	if port, err := strconv.ParseUint(u.Port(), 10, 16); err == nil {
		return uint16(port)
	}
	if u.Scheme == "http" {
		return 80
	}
	return 443
}

// answers reports whether a virtual host is for a name and a port.
func answers(v *subject.Vhost, host string, port uint16) bool {
	if !v.Named(host) {
		return false
	}
	for _, a := range v.Server.Addrs {
		if a.Port == port || a.Port == 0 {
			return true
		}
	}
	return false
}

// stranger gives the virtual host that answers at the redirect URI, where it has
// another one or none; nil where no other is named so, or one of them has it.
func stranger(v *party, port uint16) *subject.Vhost {
	var found *subject.Vhost
	for _, w := range v.Tree.Vhosts {
		if w == v.Vhost || !answers(w, v.URI.Hostname(), port) {
			continue
		}
		if c, path := w.RedirectURI(); c != nil && path == v.URI.Path {
			return nil
		}
		if found == nil {
			found = w
		}
	}
	return found
}
