package startup

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func noRedirectUri() rule.Rule {
	return rule.Rule{
		Slug:     "no-redirect-uri",
		Severity: finding.Error,
		Title:    "a relying party without OIDCRedirectURI",
		Why: "Where a virtual host has a provider or a metadata directory, mod_auth_openidc wants to know where the " +
			"issuer sends browsers back to, and does not start httpd without. `httpd -t` says `Syntax OK`. " +
			"Settings of the main server are inherited by every virtual host, also by those that have nothing to " +
			"do with logins.",
		Mend:   "Give a path of its own, that Keystone does not serve, inside a Location with AuthType openid-connect.",
		Source: "mod_auth_openidc, src/config.c, oidc_check_config_openid_openidc",
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				at := provider(v)
				if at == nil || v.Command("oidcredirecturi") != nil {
					continue
				}
				p.On(at, finding.Finding{
					Message: v.Name() + " has a provider but no OIDCRedirectURI: httpd passes its test, but does not start",
					Hint:    "OIDCRedirectURI https://" + hostOf(v) + "/v3/OS-FEDERATION/redirect_uri",
				}, v)
			}
		},
	}
}
