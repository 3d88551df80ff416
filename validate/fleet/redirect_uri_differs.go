package fleet

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func redirectURIDiffers() rule.Rule {
	return rule.Rule{
		Slug:     "redirect-uri-differs",
		Severity: finding.Error,
		Title:    "controllers send browsers to different redirect URIs",
		Why: "The issuer takes redirect URIs that are registered for the client, byte for byte, and a browser that comes back to another address than the one at which it began has no cookie there. " +
			"Where one controller behind the same name has another OIDCRedirectURI, the logins that begin there fail: now and then, as the load balancer decides.",
		Mend:   "The public address, the same on all controllers.",
		Source: "OpenID Connect Core 1.0, section 3.1.2.1; mod_auth_openidc, src/mod_auth_openidc.c, oidc_authenticate_user",
		Fleet: func(p *rule.FleetPass) {
			mark := newMarker()
			for _, s := range alike(machines(p)) {
				v, differ := count(commanded(s, "oidcredirecturi", mark))
				if !differ || !relying(s) {
					continue
				}
				p.Report(v.finding(fmt.Sprintf("OIDCRedirectURI differs: %s %s another one than %s, and logins that begin there fail", names(v.others), has(v.others), names(v.most)),
					"OIDCRedirectURI "+s.first("oidcredirecturi", v)), v.about()...)
			}
		},
	}
}
