package session

import (
	"regexp"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func passphraseRandom() rule.Rule {
	return rule.Rule{
		Slug:     "passphrase-random",
		Severity: finding.Warning,
		Title:    "the passphrase is another one at each start",
		Why: "A program behind `exec:` runs each time when httpd reads its configuration. One that makes a random value gives every controller a key of its own, and a new one at each restart and reload: " +
			"a login that began before, or at another controller, ends in an error (`state` cannot be decrypted), and sessions in cookies or in a shared cache are lost.",
		Mend:   "Make the value once, keep it in a file that only root can read, and print that file: `exec:/usr/bin/cat FILE`.",
		Source: "mod_auth_openidc, src/config.c, OIDCCryptoPassphrase (ap_get_exec_line)",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, c := range t.Commands(passphraseKey) {
					program, ok := strings.CutPrefix(subject.Arg(c, 0), execPrefix)
					if !ok || !generator.MatchString(program) {
						continue
					}
					p.On(c, finding.Finding{
						Message: "OIDCCryptoPassphrase is made anew by a random generator at each start and reload: logins that are under way fail, and controllers do not understand each other's cookies",
						Hint:    `OIDCCryptoPassphrase "exec:/usr/bin/cat /etc/httpd/oidc-passphrase"`,
					}, t.VhostOf(c))
				}
			}
		},
	}
}

// generator is what makes random values.
var generator = regexp.MustCompile(`/dev/u?random|\bopenssl\s+rand\b|\b(pwgen|uuidgen|mcookie|apg|makepasswd|shuf)\b|--gen-random|\$RANDOM\b|urandom|secrets\.token|uuid4|\bdate\b|/random/uuid`)
