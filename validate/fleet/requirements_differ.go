package fleet

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func requirementsDiffer() rule.Rule {
	return rule.Rule{
		Slug:     "requirements-differ",
		Severity: finding.Error,
		Title:    "a path asks for less on one controller than on another",
		Why: "`AuthType` and the `Require` lines decide who gets through to Keystone. Where they are not the same on all controllers, what one refuses another lets in: whoever is refused tries again until the load balancer has sent him there. " +
			"The weakest controller is what protects the cloud.",
		Mend:   "The same lines on all controllers.",
		Source: "httpd, modules/aaa/mod_authz_core.c",
		After:  []string{"doors-differ"},
		Fleet: func(p *rule.FleetPass) {
			for _, s := range alike(machines(p)) {
				all := doorsOf(s)
				var differ groups
				for _, key := range all.order {
					if v, ok := count(all.demanded(key)); ok {
						differ.add(key.String(), v)
					}
				}
				for _, g := range differ.all() {
					p.Report(g.finding(fmt.Sprintf("%s asks for other things on %s than on %s", g.what(), names(g.others), names(g.most)),
						"# the same AuthType and Require lines on all controllers"), g.about...)
				}
			}
		},
	}
}

// demanded gives the voices about what a door asks for, of the machines that have it.
func (s doors) demanded(key doorKey) []voice {
	var out []voice
	for i := range s.hosts {
		if own := s.on[i][key]; own != nil {
			out = append(out, voice{machine: s.machines[i].Name, mark: demands(own), at: own.Section.At(), about: own})
		}
	}
	return out
}

// demands writes down what a door asks for, to compare it.
func demands(d *subject.Door) string {
	out := []string{d.AuthType()}
	for _, c := range d.Require().Lines() {
		var around []string
		for up := c.Parent(); up != nil && strings.HasPrefix(up.Key(), "<require"); up = up.Parent() {
			around = append(around, up.Key())
		}
		out = append(out, strings.Join(around, " ")+" "+strings.Join(c.Argv(), " "))
	}
	return strings.Join(out, "\n")
}
