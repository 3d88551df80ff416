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

// continues reports whether it is a later word of a placeholder such as <random string>.
func (f passphrase) continues() bool {
	return f.n > 0 && halfFrame.MatchString(strings.ToLower(subject.Arg(f.at, 0)))
}

// published reports whether a secret is one that everybody knows: the default of a
// tool, an example of a document, or what stands for a secret in one.
func published(value string) bool {
	plain := strings.ToLower(strings.Trim(value, " .!*"))
	return slices.Contains(examples(), plain) || placeholder(plain)
}

// examples are values of tools and documents.
func examples() []string {
	return []string{
		"openstack", "keystone", "password", "passphrase", "passw0rd", "secret", "mysecret", "my-secret", "topsecret", "openidc", "oidc",
		"example", "test", "testing", "foo", "foobar", "admin", "default", "redhat", "kolla", "random", "randomstring", "random-string",
		"a random string", "some random string", "a-random-secret-used-by-apache-oidc-and-balancer", "super-secret", "supersecret",
		"qwerty", "none", "todo", "fixme", "tbd", "123456", "1234567890", "0123456789", "s3cr3t", "crypto_passphrase", "cryptopassphrase", "federation", "horizon",
	}
}

// placeholder reports whether a text stands for a value, as in templates and
// documents.
func placeholder(plain string) bool {
	for _, frame := range [][2]string{{"<", ">"}, {"[", "]"}, {"{{", "}}"}, {"%(", ")s"}, {"your", ""}} {
		if strings.HasPrefix(plain, frame[0]) && strings.HasSuffix(plain, frame[1]) {
			return true
		}
	}
	if len(plain) > 2 && strings.Trim(plain, "x") == "" || halfFrame.MatchString(plain) {
		return true
	}
	return (strings.Contains(plain, "change") || strings.Contains(plain, "replace")) && asking.MatchString(plain)
}

// halfFrame is a word of a placeholder of several, such as <random string>, which httpd
// takes for several arguments.
var halfFrame = regexp.MustCompile(`^(<[a-z_-]+|[a-z_-]+>)$`)

// asking is what asks for another value: change me, replace this.
var asking = regexp.MustCompile(`(^|[^a-z])(change|replace)[-_ ]?(me|this|it)($|[^a-z])`)

// leastPassphrase is how many characters a passphrase should have at least.
const leastPassphrase = 16
