package fleet

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func doorsDiffer() rule.Rule {
	return rule.Rule{
		Slug:     "doors-differ",
		Severity: finding.Error,
		Title:    "a login is open on some controllers only",
		Why: "Which paths log somebody in is written on each controller. Where a section is missing on one, the same request gets 401, 403 or 404 there, or, without a general deny, reaches Keystone without a login and with claims that the client has made up. " +
			"It happens as often as the load balancer picks that controller.",
		Mend:   "The same sections on all controllers.",
		Source: "httpd, server/request.c, ap_location_walk; keystone, keystone/federation/utils.py",
		Fleet: func(p *rule.FleetPass) {
			for _, s := range alike(machines(p)) {
				all := doorsOf(s)
				var differ groups
				for _, key := range all.order {
					if v, ok := count(all.opened(key)); ok {
						differ.add(key.String(), v)
					}
				}
				for _, g := range differ.all() {
					p.Report(g.finding(g.what()+" is not on all controllers: "+g.sides(), "# the same sections on all controllers"), g.about...)
				}
			}
		},
	}
}

// opened gives the voices about a door being there.
func (s doors) opened(key doorKey) []voice {
	var out []voice
	for i, v := range s.hosts {
		one := voice{machine: s.machines[i].Name, at: v.At(), about: v}
		if own := s.on[i][key]; own != nil {
			one.mark, one.at, one.about = "open", own.Section.At(), own
		}
		out = append(out, one)
	}
	return out
}
