package dashboard

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func webssoDoorWithoutChoice() rule.Rule {
	return rule.Rule{
		Slug:     "websso-door-without-choice",
		Severity: finding.Info,
		Title:    "no choice of the dashboard leads to a websso path",
		Why:      "httpd lets browsers log in at this path, but the dashboard has no choice that leads there: its users do not see their portal. It may be meant so, as for a dashboard that is elsewhere.",
		Mend:     "Add a choice and its pair, or take the section out.",
		Source:   "Horizon, openstack_auth/utils.py, get_websso_url",
		After:    []string{"websso-mapping-swapped", "websso-choice-without-mapping", "websso-choices-flat", "websso-choice-without-door", "websso-mapping-not-a-pair"},
		Check: func(p *rule.Pass) {
			d := on(p.Site)
			all, order, sure := webs(p.Site)
			if d == nil || !sure {
				return
			}
			choices, _, knownChoices := d.Choices()
			targets, _, knownTargets := d.Targets()
			reached := map[web]bool{}
			for _, c := range choices {
				reached[chosen(c.Key, targets)] = true
			}
			for _, w := range order {
				if reached[w] || w.idp == "" || !knownChoices || !knownTargets {
					continue
				}
				p.On(all[w].Section, finding.Finding{
					Message: fmt.Sprintf("no choice of the dashboard leads to %s", w),
					Hint:    fmt.Sprintf("WEBSSO_IDP_MAPPING = {%q: (%q, %q)}", w.idp, w.idp, w.protocol),
				}, all[w], "WEBSSO_IDP_MAPPING")
			}
		},
	}
}
