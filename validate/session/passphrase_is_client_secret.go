package session

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func passphraseIsClientSecret() rule.Rule {
	return rule.Rule{
		Slug:     "passphrase-is-client-secret",
		Severity: finding.Warning,
		Title:    "the issuer knows the passphrase",
		Why: "`OIDCCryptoPassphrase` and the client's secret are the same. The issuer has the secret, and so have its administrators, its backups, and every place where the client is registered. " +
			"The passphrase is nobody's business but httpd's: it makes the cookies by which users are known. It also cannot be changed when the issuer wants another secret without ending all sessions.",
		Mend:   "A passphrase of its own: a random value of at least 32 characters.",
		Source: "mod_auth_openidc, auth_openidc.conf, OIDCCryptoPassphrase",
		After:  []string{"passphrase-published", "passphrase-short"},
		Check: func(p *rule.Pass) {
			for _, key := range []string{"oidcclientsecret", "oidcoauthclientsecret"} {
				for _, s := range settings(p, user, key) {
					at, value := s.Command(passphraseKey), subject.Arg(s.at, 0)
					if value == "" || subject.Arg(at, 0) != value || strings.HasPrefix(value, execPrefix) {
						continue
					}
					p.On(at, finding.Finding{
						Message: "OIDCCryptoPassphrase has the same value as " + s.at.Name + ": whoever knows the client's secret, as its issuer does, can make the module's cookies",
						Hint:    "# a value of its own, the same on all controllers: openssl rand -hex 32\nOIDCCryptoPassphrase VALUE",
						Related: []finding.Related{{Message: "the client's secret", At: s.at.At()}},
					}, s.Tree.VhostOf(at))
				}
			}
		},
	}
}
