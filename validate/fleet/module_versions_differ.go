package fleet

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func moduleVersionsDiffer() rule.Rule {
	return rule.Rule{
		Slug:     "module-versions-differ",
		Severity: finding.Warning,
		Title:    "controllers have different versions of mod_auth_openidc",
		Why: "Versions read cookies and caches differently: sessions have another format from 2.4.19 on, the key is made of the passphrase in another way from 2.4.20 on, and defaults (SameSite, PKCE, the state's fingerprint) have changed. " +
			"Behind one address, a user who comes to another controller with the next request is logged out, and logins fail now and then, while each controller alone works.",
		Mend:   "The same version on all controllers that are in use; take those that are being upgraded out of the load balancer.",
		Source: "mod_auth_openidc, ChangeLog 2.4.15, 2.4.19, 2.4.20",
		Fleet: func(p *rule.FleetPass) {
			var voices []voice
			for _, m := range machines(p) {
				for _, t := range m.Trees {
					if t.Module != "" {
						voices = append(voices, voice{machine: m.Name, mark: t.Module, at: t.Vhosts[0].At(), about: t})
						break
					}
				}
			}
			if v, differ := count(voices); differ {
				p.Report(v.finding(fmt.Sprintf("mod_auth_openidc is %s, but %s on %s: sessions and logins do not get from one to the other", each(v.others), v.most[0].mark, names(v.most)),
					"# on the machines that differ\napt install --only-upgrade libapache2-mod-auth-openidc"), v.about()...)
			}
		},
	}
}

// each lists machines with their versions.
func each(voices []voice) string {
	var out []string
	for _, v := range voices {
		out = append(out, v.mark+" on "+v.machine)
	}
	return strings.Join(out, ", ")
}
