package session

import (
	"regexp"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

const passphraseKey = "oidccryptopassphrase"

// execPrefix marks a value as a program whose output is meant.
const execPrefix = "exec:"

// passphrase is one value of OIDCCryptoPassphrase: the one in use, or, as the second
// argument, the one before. It is never shown.
type passphrase struct {
	at    *httpdconf.Command
	host  *subject.Vhost // that it stands in
	n     int            // which argument
	value string
}

// passphrases gives all that are written down, without those of programs.
func passphrases(p *rule.Pass) []passphrase {
	var out []passphrase
	for _, t := range p.Trees {
		for _, c := range t.Commands(passphraseKey) {
			for n, value := range c.Argv() {
				if !strings.HasPrefix(value, execPrefix) {
					out = append(out, passphrase{c, t.VhostOf(c), n, value})
				}
			}
		}
	}
	return out
}

// which names the argument for people.
func (f passphrase) which() string {
	if f.n > 0 {
		return "the previous passphrase of " + f.at.Name
	}
	return f.at.Name
}

// published reports whether a secret is one that everybody knows: the default of a
// tool, an example of a document, or what stands for a secret in one.
func published(value string) bool {
	plain := strings.ToLower(strings.Trim(value, " .!*"))
	return slices.Contains(examples(), plain) || placeholder.MatchString(plain)
}

// examples are values of tools and documents.
func examples() []string {
	return []string{
		"openstack", "keystone", "password", "passphrase", "passw0rd", "secret", "mysecret", "my-secret", "topsecret", "openidc", "oidc",
		"example", "test", "testing", "foo", "foobar", "admin", "default", "redhat", "kolla", "random", "randomstring", "random-string",
		"a random string", "some random string", "a-random-secret-used-by-apache-oidc-and-balancer", "super-secret", "supersecret",
		"qwerty", "123456", "1234567890", "0123456789", "s3cr3t", "crypto_passphrase", "cryptopassphrase", "federation", "horizon",
	}
}

// placeholder is what stands for a value in templates and documents.
var placeholder = regexp.MustCompile(`^<.*>$|^\[.*\]$|\{\{.*\}\}|^%\(.*\)s$|^x{3,}$|(^|[^a-z])(change|replace)[-_ ]?(me|this|it)($|[^a-z])|^your[-_ ]|^(todo|fixme|tbd)$|^none$`)

// leastPassphrase is how many characters a passphrase should have at least.
const leastPassphrase = 16
