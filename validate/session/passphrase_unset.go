package session

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func passphraseUnset() rule.Rule {
	return rule.Rule{
		Slug:     "passphrase-unset",
		Severity: finding.Warning,
		Title:    "sessions that should outlive a restart have a key that does not",
		Why: "From 2.4.19 on the module makes a random passphrase at each start where none is set (before, it refused to start). What it has put into cookies or into a cache outside of httpd cannot be read after a restart, and never by another controller: " +
			"users are sent to log in again, and logins that are under way fail.",
		Mend:   "Set `OIDCCryptoPassphrase`, to the same value on all controllers.",
		Source: "mod_auth_openidc, src/cfg/cfg.c; ChangeLog 2.4.19",
		After:  []string{"passphrase-generated"},
		Check: func(p *rule.Pass) {
			for _, v := range parties(p) {
				since, sure := v.Tree.Since("2.4.19")
				if v.Command(passphraseKey) != nil || !sure || !since || !outlives(v) {
					continue
				}
				at := v.Command("oidccachetype")
				if cookieSession(v) {
					at = v.Command("oidcsessiontype")
				}
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("%s keeps sessions outside of httpd, but has no OIDCCryptoPassphrase: mod_auth_openidc %s makes a new one at each start, and no session outlives it", v.Name(), v.Tree.Module),
					Hint:    "# the same on all controllers: openssl rand -hex 32\nOIDCCryptoPassphrase VALUE",
				}, v)
			}
		},
	}
}
