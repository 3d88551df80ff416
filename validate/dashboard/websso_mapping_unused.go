package dashboard

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func webssoMappingUnused() rule.Rule {
	return rule.Rule{
		Slug:     "websso-mapping-unused",
		Severity: finding.Info,
		Title:    "a pair of WEBSSO_IDP_MAPPING belongs to no choice",
		Why:      "Horizon looks at a pair only where `WEBSSO_CHOICES` has its key, letter by letter. A pair that no choice has the key of is never used; mostly one of the two keys was changed and the other forgotten.",
		Mend:     "Use one key for both, or take the pair out.",
		Source:   "Horizon, openstack_auth/utils.py, get_websso_url",
		After:    []string{"websso-choice-without-mapping"},
		Check: func(p *rule.Pass) {
			d := on(p.Site)
			if d == nil {
				return
			}
			choices, _, known := d.Choices()
			targets, _, _ := d.Targets()
			keys := map[string]bool{}
			for _, c := range choices {
				keys[c.Key] = true
			}
			for _, t := range targets {
				if known && !keys[t.Key] {
					p.Report(finding.Finding{At: t.At, Message: fmt.Sprintf("WEBSSO_IDP_MAPPING has %q, which is none of WEBSSO_CHOICES", t.Key), Hint: fmt.Sprintf("(%q, \"LABEL\"),", t.Key)}, "choice:"+t.Key, "WEBSSO_IDP_MAPPING")
				}
			}
		},
	}
}
