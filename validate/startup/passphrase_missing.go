package startup

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func passphraseMissing() rule.Rule {
	return rule.Rule{
		Slug:     "passphrase-missing",
		Severity: finding.Error,
		Title:    "a relying party without OIDCCryptoPassphrase",
		Why: "mod_auth_openidc encrypts cookies and what it caches with the passphrase. Up to 2.4.18 it does not " +
			"start httpd without one, and `httpd -t` does not say so; later versions make one up at each start, so " +
			"that every restart ends all sessions, and no two controllers understand each other.",
		Mend:   "Give each virtual host a random passphrase of its own, the same one on all controllers.",
		Source: "mod_auth_openidc, src/config.c, oidc_check_config_openid_openidc",
		After:  []string{"no-redirect-uri", "client-id-missing", "passphrase-generated"},
		Check: func(p *rule.Pass) {
			for _, v := range p.Vhosts() {
				at := provider(v)
				if at == nil || v.Command("oidccryptopassphrase") != nil {
					continue
				}
				what, severity := "httpd passes its test, but does not start up to mod_auth_openidc 2.4.18, and has another passphrase after every start later on", finding.Error
				if made, sure := v.Tree.Since("2.4.19"); made {
					what, severity = "the module makes one up at every start", finding.Warning
				} else if sure {
					what = "httpd passes its test, but does not start"
				}
				p.On(at, finding.Finding{
					Severity: severity,
					Message:  v.Name() + " has no OIDCCryptoPassphrase: " + what,
					Hint:     "OIDCCryptoPassphrase PASSPHRASE, of 32 random characters (openssl rand -hex 32), the same one on all controllers",
				}, v)
			}
		},
	}
}
