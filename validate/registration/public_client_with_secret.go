package registration

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func publicClientWithSecret() rule.Rule {
	return rule.Rule{
		Slug:     "public-client-with-secret",
		Severity: finding.Warning,
		Title:    "a public client has a secret",
		Why: "The identity provider does not ask for it: whoever knows the client's id gets tokens as that client. The secret lets people believe that it guards something, and gets written where it is of no use. " +
			"Where `bearer.clients` names such a client, its id is no proof of who asks.",
		Mend:   "Make the client confidential (`publicClient: false`; `token_endpoint_auth_method: client_secret_basic`), or take the secret away where a program cannot keep one.",
		Source: "RFC 6749 section 2.1; Keycloak, services, ClientIdAndSecretAuthenticator",
		Check: each(func(p *rule.Pass, c *subject.Registered) {
			if c.Public != nil && c.Secret != nil {
				at(p, c, c.Public, finding.Finding{
					Message: fmt.Sprintf("the client %s is public and has a secret, which nobody is asked for", shown(c.ID)),
					Hint:    off(c, "publicClient"),
				})
			}
		}),
	}
}
