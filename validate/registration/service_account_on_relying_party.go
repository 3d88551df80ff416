package registration

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func serviceAccountOnRelyingParty() rule.Rule {
	return rule.Rule{
		Slug:     "service-account-on-relying-party",
		Severity: finding.Warning,
		Title:    "the relying party has a service account",
		Why:      "Its secret lies on each controller, for people's logins. With a service account that secret alone gives tokens, without any person; where the bearer path takes tokens of this client, it gives a Keystone token, too.",
		Mend:     "Switch it off (`serviceAccountsEnabled: false`), and give programs a client of their own.",
		Source:   "RFC 6749 section 4.4; Keycloak, services, ClientCredentialsGrantType",
		Check: each(func(p *rule.Pass, c *subject.Registered) {
			if c.Service != nil && c.Code != nil && c.Public == nil && len(c.Redirects) > 0 && party(p, c.ID) {
				at(p, c, c.Service, finding.Finding{
					Message: fmt.Sprintf("the relying party %s has a service account: who reads its secret on a controller has tokens without any person's login", shown(c.ID)),
					Hint:    off(c, "serviceAccountsEnabled"),
				})
			}
		}),
	}
}
