package startup

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func forwardedHeadersQuoted() rule.Rule {
	return rule.Rule{
		Slug:     "forwarded-headers-quoted",
		Severity: finding.Error,
		Title:    "several header names in one pair of quotes",
		Why: "OIDCXForwardedHeaders takes each header as an argument of its own; a list in quotes is one unknown " +
			"name, and httpd does not start.",
		Mend:   "Take the quotes away.",
		Source: "mod_auth_openidc, src/parse.c, oidc_parse_x_forwarded_headers",
		Check: func(p *rule.Pass) {
			for _, t := range p.Trees {
				for _, at := range t.Commands("oidcxforwardedheaders") {
					for n, w := range at.Words() {
						if strings.Contains(strings.TrimSpace(w.Value), " ") {
							p.On(at, finding.Finding{
								Message: fmt.Sprintf("%q is one argument, expected one for each header: httpd does not start", w.Value),
								Hint:    at.Name + " " + w.Value,
								Fix:     subject.Reword("take the quotes away", at, n, 1, w.Value),
							}, t.VhostOf(at))
						}
					}
				}
			}
		},
	}
}
