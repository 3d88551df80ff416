package startup

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func clientIdMissing() rule.Rule {
	return rule.Rule{
		Slug:     "client-id-missing",
		Severity: finding.Error,
		Title:    "a provider without OIDCClientID",
		Why: "With one provider in a virtual host, mod_auth_openidc wants the id that Keystone's relying party has " +
			"there, and does not start httpd without. `httpd -t` says `Syntax OK`.",
		Mend:   "Give the client id (and secret) that is registered at the provider.",
		Source: "mod_auth_openidc, src/config.c, oidc_check_config_openid_openidc",
		After:  []string{"no-redirect-uri", "provider-and-metadata-dir"},
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				at := provider(v)
				if at == nil || at.Is("OIDCMetadataDir") || v.Command("oidcclientid") != nil {
					continue
				}
				p.On(at, finding.Finding{
					Message: v.Name() + " has a provider but no OIDCClientID: httpd passes its test, but does not start",
					Hint:    "OIDCClientID CLIENT_ID",
				}, v)
			}
		},
	}
}
