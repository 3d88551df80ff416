package registration

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func redirectURIWildcard() rule.Rule {
	return rule.Rule{
		Slug:     "redirect-uri-wildcard",
		Severity: finding.Error,
		Title:    "a redirect URI of a client has a wildcard",
		Why: "The identity provider sends a code to every address that the pattern takes. Where one of them sends on what it gets, as an open redirect or a page that others write does, the code comes to somebody else, " +
			"who begins sessions with it. Keycloak takes `*` at the end of a path; other providers take it in a host.",
		Mend:   "Name the redirect URI itself, all of it. `fedstone register` writes the one that `fedstone render` has put into httpd's configuration.",
		Source: "RFC 9700 sections 2.1 and 4.1; Keycloak, services, RedirectUtils.matchesRedirects",
		Check: each(func(p *rule.Pass, c *subject.Registered) {
			for _, u := range c.Redirects {
				if !strings.Contains(u.Text(), "*") {
					continue
				}
				at(p, c, u, finding.Finding{
					Message: fmt.Sprintf("codes of the client %s are sent to every address that %.200q takes; expected the whole redirect URI", shown(c.ID), u.Text()),
					Hint:    `"https://KEYSTONE:5000/v3/OS-FEDERATION/redirect_uri"`,
				})
			}
		}),
	}
}
