package registration

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func clientRedirectNotHTTPS() rule.Rule {
	return rule.Rule{
		Slug:     "client-redirect-not-https",
		Severity: finding.Error,
		Title:    "a redirect URI of a client is http, and not on loopback",
		Why: "The browser carries the code to that address in the clear: who reads the network has it, and where the client is public or its secret known, the session. " +
			"A program on the person's own machine may listen by http on loopback (RFC 8252 section 7.3); that is let be.",
		Mend:   "Write https, and have the server answer there.",
		Source: "RFC 9700 section 4.1.3; RFC 8252 section 7.3",
		Check: each(func(p *rule.Pass, c *subject.Registered) {
			for _, u := range c.Redirects {
				host, plain := strings.CutPrefix(u.Text(), "http://")
				if !plain || loopback(host) {
					continue
				}
				at(p, c, u, finding.Finding{
					Message: fmt.Sprintf("codes of the client %s travel in the clear to %.200q; expected https, or http on loopback", shown(c.ID), u.Text()),
					Hint:    fmt.Sprintf("%q", "https://"+host),
				})
			}
		}),
	}
}
