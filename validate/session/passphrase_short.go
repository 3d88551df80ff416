package session

import (
	"fmt"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func passphraseShort() rule.Rule {
	return rule.Rule{
		Slug:     "passphrase-short",
		Severity: finding.Warning,
		Title:    "the passphrase is short",
		Why: "The key of the module's cookies is a plain hash of `OIDCCryptoPassphrase` (up to 2.4.19), so that a machine tries billions of short values in a second. Every visitor gets a cookie to try them on: " +
			"the state cookie of a login that he has begun himself. Who finds the value makes cookies as with any other known passphrase.",
		Mend:   "A random value of at least 32 characters, such as `openssl rand -hex 32` prints, the same on all controllers of one cloud.",
		Source: "mod_auth_openidc, src/util.c, oidc_util_create_symmetric_key; ChangeLog 2.4.20 (PBKDF2)",
		After:  []string{"passphrase-published"},
		Check: func(p *rule.Pass) {
			for _, f := range passphrases(p) {
				if n := utf8.RuneCountInString(f.value); n > 0 && n < leastPassphrase && !published(f.value) && !f.continues() {
					p.On(f.at, finding.Finding{
						Message: fmt.Sprintf("%s has %d characters, expected %d or more of chance: it can be found by trying", f.which(), n, leastPassphrase),
						Hint:    "# a value of your own, the same on all controllers: openssl rand -hex 32\nOIDCCryptoPassphrase VALUE",
					}, f.host)
				}
			}
		},
	}
}
