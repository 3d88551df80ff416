package fleet

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

const passphraseKey = "oidccryptopassphrase"

func passphraseDiffers() rule.Rule {
	return rule.Rule{
		Slug:     "passphrase-differs",
		Severity: finding.Error,
		Title:    "controllers have different passphrases",
		Why: "The module encrypts the cookie of a login that is under way with `OIDCCryptoPassphrase`. Where the load balancer sends the browser back to another controller than the one at which it began, that one cannot read the cookie: " +
			"the login ends in an error, two times of three with three controllers. Sessions in cookies or in a shared cache are lost on each change of controller. The values are compared by a keyed hash, whose key is not kept, and never shown.",
		Mend:   "The same value on all controllers. To replace one that is in use, write both from 2.4.15 on: `OIDCCryptoPassphrase NEW OLD`.",
		Source: "mod_auth_openidc, auth_openidc.conf, OIDCCryptoPassphrase",
		Fleet: func(p *rule.FleetPass) {
			mark := newMarker()
			for _, s := range alike(machines(p)) {
				v, differ := count(passphrases(s, mark))
				if !differ || !relying(s) {
					continue
				}
				p.Report(v.finding(fmt.Sprintf("%s %s another OIDCCryptoPassphrase than %s: a login that begins at one and comes back to the other fails", names(v.others), has(v.others), names(v.most)),
					"# the same value on all controllers\nOIDCCryptoPassphrase VALUE"), v.about()...)
			}
		},
	}
}

// passphrases gives the voices about the passphrase in use, of the machines on which
// it is written down: what a program prints there is not known, and what is not set
// is another finding.
func passphrases(s same, mark marker) []voice {
	var out []voice
	for i, v := range s.hosts {
		if value := v.Value(passphraseKey); value != "" && !strings.HasPrefix(value, "exec:") {
			out = append(out, voice{machine: s.machines[i].Name, mark: mark.of(value), at: v.Command(passphraseKey).At(), about: v})
		}
	}
	return out
}

// relying reports whether browsers log in at a virtual host, on any machine.
func relying(s same) bool {
	for _, v := range s.hosts {
		if v.RelyingParty() {
			return true
		}
	}
	return false
}
