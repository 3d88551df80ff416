package session

import (
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/subject"
)

// secretKeys are the directives whose first argument is a secret.
func secretKeys() []string {
	return []string{passphraseKey, "oidcclientsecret", "oidcoauthclientsecret", "oidcrediscachepassword", "oidcclienttokenendpointkeypassword", "oidcoauthverifysharedkeys", "oauth2cryptopassphrase"}
}

// secrets gives the commands of a tree in which a secret is written down.
func secrets(t *subject.Tree) []*httpdconf.Command {
	var out []*httpdconf.Command
	for _, key := range secretKeys() {
		for _, c := range t.Commands(key) {
			if value := subject.Arg(c, 0); value != "" && !strings.HasPrefix(value, execPrefix) {
				out = append(out, c)
			}
		}
	}
	return out
}
