package fleet

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func passphraseGenerated() rule.Rule {
	return rule.Rule{
		Slug:     "passphrase-generated",
		Severity: finding.Error,
		Title:    "each controller makes a passphrase of its own",
		Why: "From 2.4.19 on the module makes a random `OIDCCryptoPassphrase` at each start where none is set. With several controllers each has another one: a login that comes back to another controller than the one at which it began ends in an error, " +
			"and after each restart the logins that are under way do.",
		Mend:   "Set it, to the same value on all controllers.",
		Source: "mod_auth_openidc, ChangeLog 2.4.19",
		Fleet: func(p *rule.FleetPass) {
			for _, s := range alike(machines(p)) {
				var without []voice
				for i, v := range s.hosts {
					since, sure := v.Tree.Since("2.4.19")
					if v.RelyingParty() && v.Command(passphraseKey) == nil && since && sure {
						without = append(without, voice{machine: s.machines[i].Name, at: v.At(), about: v})
					}
				}
				if len(without) == 0 {
					continue
				}
				f := finding.Finding{At: without[0].at, Hint: "# the same on all controllers: openssl rand -hex 32\nOIDCCryptoPassphrase VALUE",
					Message: fmt.Sprintf("%s %s no OIDCCryptoPassphrase and so one that nobody else has: a login that begins at one controller and comes back to another fails", names(without), has(without))}
				p.Report(also(f, without), vote{most: without}.about()...)
			}
		},
	}
}
