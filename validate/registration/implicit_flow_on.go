package registration

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func implicitFlowOn() rule.Rule {
	return rule.Rule{
		Slug:     "implicit-flow-on",
		Severity: finding.Error,
		Title:    "a client may use the implicit flow",
		Why: "Tokens then come in the address of a page: in the browser's history, in the log of a proxy, in what the page sends on, and nothing binds them to the client that asked. " +
			"Neither httpd nor a command line has a use for it; a login that was meant for the code flow can be turned into one by changing response_type.",
		Mend:   "Switch it off: `implicitFlowEnabled: false` (Keycloak: Implicit flow), or leave `implicit`, `token` and `id_token` out of `grant_types` and `response_types`.",
		Source: "RFC 9700 section 2.1.2",
		Check: each(func(p *rule.Pass, c *subject.Registered) {
			if c.Implicit != nil {
				at(p, c, c.Implicit, finding.Finding{
					Message: fmt.Sprintf("the client %s may have tokens sent in an address of the browser (implicit or hybrid flow); expected the code flow alone", shown(c.ID)),
					Hint:    off(c, "implicitFlowEnabled"),
				})
			}
		}),
	}
}
