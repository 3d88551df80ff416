package fleet

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func vhostMissing() rule.Rule {
	return rule.Rule{
		Slug:     "vhost-missing",
		Severity: finding.Error,
		Title:    "a virtual host with logins is on some controllers only",
		Why: "A virtual host that verifies tokens or logs browsers in is not there on every controller. What the load balancer sends to the others is answered by another virtual host of the port, by its rules, or by none: " +
			"the same request works on one controller and fails on the next.",
		Mend:   "The same virtual hosts on all controllers.",
		Source: "httpd, server/vhost.c, ap_update_vhost_from_headers",
		Fleet: func(p *rule.FleetPass) {
			all := machines(p)
			for _, s := range everyHost(all) {
				v, differ := count(present(all, s))
				if !differ || !s.federates() {
					continue
				}
				p.Report(v.finding(fmt.Sprintf("%s is not on all controllers: %s", s.hosts[0].Name(), v.sides()), "# the same virtual hosts on all controllers"), v.about()...)
			}
		},
	}
}

// federates reports whether a virtual host has to do with federation, on any machine.
func (s same) federates() bool {
	for _, v := range s.hosts {
		if v.RelyingParty() || v.ResourceServer() || len(v.Doors()) > 0 {
			return true
		}
	}
	return false
}

// present gives the voices about a virtual host being there.
func present(all []*machine, s same) []voice {
	var out []voice
	for _, m := range all {
		one := voice{machine: m.Name, at: finding.Range{Path: m.Name}}
		if i := slices.Index(s.machines, m); i >= 0 {
			one.mark, one.at, one.about = "there", s.hosts[i].At(), s.hosts[i]
		}
		out = append(out, one)
	}
	return out
}
