package session

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func moduleFaultMet() rule.Rule {
	return rule.Rule{
		Slug:     "module-fault-met",
		Severity: finding.Warning,
		Title:    "the configuration uses what this version of the module is known to crash on",
		Why: "Some faults concern only who uses a feature: before 2.4.15.2 a cookie that claims a great many pieces keeps a process busy where sessions are in cookies (CVE-2024-24814), before 2.4.13.2 an odd `Cookie` header ends a process with `OIDCStripCookies` " +
			"(CVE-2023-28625). Anybody can send both. Distributions mend older versions without changing the number: nothing is said about the version of the platform that is named.",
		Mend:   "A newer module or the distribution's fixed package; until then do without the feature.",
		Source: "CVE-2023-28625; CVE-2024-24814; mod_auth_openidc, ChangeLog 2.4.13.2 and 2.4.15.2",
		Check: func(p *rule.Pass) {
			for _, v := range hosts(p, party) {
				if v.Tree.Module == p.Platform.Module {
					continue
				}
				for _, f := range faults() {
					if at := f.met(v); at != nil && v.Tree.Before(f.mended) {
						p.On(at, finding.Finding{
							Message: fmt.Sprintf("mod_auth_openidc %s has a fault in what %s uses, unless its package has the fix: %s, mended in %s", v.Tree.Module, at.Name, f.id, f.mended),
							Hint:    "# whether the package has the fix\nrpm -q --changelog mod_auth_openidc | grep " + f.id + "\nzgrep " + f.id + " /usr/share/doc/libapache2-mod-auth-openidc/changelog.Debian.gz",
						}, v)
					}
				}
			}
		},
	}
}

// fault is one that was mended; met gives the command by which a virtual host meets
// it, nil for none.
type fault struct {
	id, mended string
	met        func(v *subject.Vhost) *httpdconf.Command
}

func faults() []fault {
	return []fault{
		{"CVE-2023-28625", "2.4.13.2", func(v *subject.Vhost) *httpdconf.Command { return v.Command("oidcstripcookies") }},
		{"CVE-2024-24814", "2.4.15.2", func(v *subject.Vhost) *httpdconf.Command {
			if !cookieSession(v) {
				return nil
			}
			return v.Command("oidcsessiontype")
		}},
	}
}
