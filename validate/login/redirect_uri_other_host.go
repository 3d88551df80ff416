package login

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func redirectURIOtherHost(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "redirect-uri-other-host",
		Severity: finding.Warning,
		Title:    "the redirect URI is on another host than the one that users call",
		Why: "The module keeps the state of a login in a cookie, and a cookie goes to the host that set it only. So the module compares the host that was called with that of the redirect URI, " +
			"and answers 500 where they differ (\"the state and session cookies will not be shared between the two\"). A ServerAlias does not help: what counts is the name in the browser.",
		Mend:   "Use one public name: in OIDCRedirectURI, in ServerName, at the issuer, and in Horizon's address of Keystone.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_authenticate_user",
		After:  []string{"redirect-uri-in-another-vhost"},
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				name := v.Vhost.ServerName()
				// Without a scheme a name is often the host's own, behind a load balancer.
				if !strings.Contains(name, "://") || v.URI.Host == "" || v.Vhost.Named(v.URI.Hostname()) || v.Command("oidccookiedomain") != nil {
					continue
				}
				p.On(v.Redirect, finding.Finding{
					Message: fmt.Sprintf("the redirect URI is on %s, but ServerName says that users call %s: their logins end in 500", v.URI.Hostname(), v.Server.Name),
					Hint:    "OIDCRedirectURI " + strings.TrimSuffix(name, "/") + v.path(),
				}, v.Vhost)
			}
		},
	}
}
