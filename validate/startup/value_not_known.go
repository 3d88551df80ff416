package startup

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func valueNotKnown() rule.Rule {
	return rule.Rule{
		Slug:     "value-not-known",
		Severity: finding.Error,
		Title:    "a value that the directive does not have",
		Why:      "The module takes only certain words here; with any other httpd does not start.",
		Mend:     "Choose one of the words.",
		Source:   "mod_auth_openidc, src/parse.c, and the parsers of other directives",
		After:    []string{"argument-count"},
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for name, allowed := range words() {
					for _, at := range t.Commands(name) {
						if i, value := notAmong(at, allowed); i >= 0 {
							p.On(at, finding.Finding{
								Message: fmt.Sprintf("%s has no value %q, expected %s: httpd does not start", at.Name, value, oneOf(allowed.values)),
								Hint:    nearest(at.Name, value, allowed.values),
							}, t.VhostOf(at))
						}
					}
				}
			}
		},
	}
}
