package access

import (
	"fmt"
	"sync"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func vhostWithoutFederation() rule.Rule {
	return rule.Rule{
		Slug:     "vhost-without-federation",
		Severity: finding.Warning,
		Title:    "a virtual host serves Keystone and knows nothing of its federation",
		Why: "Keystone answers at every virtual host that leads to it: the internal one, the old admin port. Where the federation's sections stand in one of them alone, logins at the others fail with 401, since no claims arrive. " +
			"And where Keystone reads claims from headers, whoever reaches such a virtual host can make them up.",
		Mend:   "Include the same sections there, or close the federation's paths.",
		Source: "Keystone, keystone/api/os_federation.py; server/vhost.c",
		After:  []string{"include-not-read", "include-misplaced"},
		Check: func(p *rule.Pass) {
			hole := sync.OnceValue(func() finding.Severity { return severityOfHole(p.Site) })
			all := gates(p.Site)
			elsewhere := withDoor(all)
			for _, v := range all {
				if elsewhere == nil || len(v.Doors()) > 0 || guardsSomething(v) || len(leftOpen(v)) == 0 {
					continue
				}
				p.Report(finding.Finding{
					Severity: hole(),
					At:       v.At(),
					Message:  fmt.Sprintf("%s serves Keystone and neither protects nor closes the paths of its federation: logins there fail, and nobody is asked for one", v.Name()),
					Hint:     denyAll(v),
					Related:  []finding.Related{{Message: "this one protects them", At: elsewhere.At()}},
					Fix:      closeEmpty(v),
				}, v)
			}
		},
	}
}

func withDoor(vhosts []*subject.Vhost) *subject.Vhost {
	for _, v := range vhosts {
		if len(v.Doors()) > 0 {
			return v
		}
	}
	return nil
}

// guardsSomething reports whether sections of the main server protect the federation
// for a virtual host.
func guardsSomething(v *subject.Vhost) bool {
	if v.Main == nil {
		return false
	}
	for _, d := range v.Main.Doors() {
		if stateAt(v, d.Kind, d.Path) == guarded {
			return true
		}
	}
	return false
}

// closeEmpty closes the federation's paths in front of the command that hands
// requests to Keystone.
func closeEmpty(v *subject.Vhost) *finding.Fix {
	for _, key := range []string{"wsgiscriptalias", "proxypass"} {
		for _, c := range v.Own(key) {
			return subject.InsertBefore("close the federation's paths", c, denyAll(v))
		}
	}
	return nil
}
