package session

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func passphrasePublished() rule.Rule {
	return rule.Rule{
		Slug:     "passphrase-published",
		Severity: finding.Error,
		Title:    "the passphrase is one that everybody knows",
		Why: "`OIDCCryptoPassphrase` is the key by which the module encrypts and signs its cookies and what it puts into a shared cache. Tools and documents have shipped defaults and examples for it (`openstack` is the best known). " +
			"Who knows the key can make a session of any user where sessions are in cookies (`OIDCSessionType client-cookie`), and can write to a shared cache; " +
			"with sessions in the cache, cookies of the login can still be made up.",
		Mend:   "A random value of at least 32 characters, such as `openssl rand -hex 32` prints, the same on all controllers of one cloud.",
		Source: "mod_auth_openidc, src/session.c, oidc_session_load_cookie, and src/util.c, oidc_util_jwt_verify; puppet-keystone, federation/openidc",
		Check: func(p *rule.Pass) {
			for _, f := range passphrases(p) {
				if !published(f.value) || f.continues() {
					continue
				}
				report := finding.Finding{
					Severity: finding.Warning,
					Message:  f.which() + " is a published default or a placeholder: whoever knows it can make the module's cookies",
					Hint:     "# a value of your own, the same on all controllers: openssl rand -hex 32\nOIDCCryptoPassphrase VALUE",
				}
				if cookieSession(f.host) {
					report.Severity, report.Message = finding.Error, f.which()+" is a published default or a placeholder, and sessions are in cookies: whoever knows it can make a session of any user"
				}
				p.On(f.at, report, f.host)
			}
		},
	}
}
