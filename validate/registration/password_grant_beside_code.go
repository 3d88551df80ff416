package registration

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func passwordGrantBesideCode() rule.Rule {
	return rule.Rule{
		Slug:     "password-grant-beside-code",
		Severity: finding.Info,
		Title:    "a confidential client has the password grant beside the code flow",
		Why: "A person's password then passes through a program that does not need it, and a second factor is passed by. Keycloak switches it on for clients made by hand (Direct access grants). " +
			"For people at a command line there are the device grant and the code flow with PKCE and a redirect to loopback.",
		Mend:   "Switch it off (`directAccessGrantsEnabled: false`), unless `v3oidcpassword` or a probe by password has to log in as this client; then give these a client of their own.",
		Source: "RFC 9700 section 2.4",
		Check: each(func(p *rule.Pass, c *subject.Registered) {
			if c.Password != nil && c.Code != nil && c.Public == nil {
				at(p, c, c.Password, finding.Finding{
					Message: fmt.Sprintf("the client %s takes people's passwords though it can send them to the identity provider's own page", shown(c.ID)),
					Hint:    off(c, "directAccessGrantsEnabled"),
				})
			}
		}),
	}
}
