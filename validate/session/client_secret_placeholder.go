package session

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func clientSecretPlaceholder() rule.Rule {
	return rule.Rule{
		Slug:     "client-secret-placeholder",
		Severity: finding.Warning,
		Title:    "the client's secret is an example's",
		Why: "The value stands for a secret in documents and templates. Either it was never replaced, and the issuer answers `invalid_client` to every login; or the client really has it at the issuer, and whoever guesses it can act as Keystone there: " +
			"exchange codes, introspect tokens, and with the client credentials grant get tokens of its own.",
		Mend:   "Write the secret that the issuer gave to the client, or have it make a new one.",
		Source: "RFC 6749, section 2.3.1; RFC 6819, section 4.1.1",
		Check: func(p *rule.Pass) {
			for _, key := range []string{"oidcclientsecret", "oidcoauthclientsecret"} {
				for _, s := range settings(p, user, key) {
					if !published(subject.Arg(s.at, 0)) {
						continue
					}
					p.On(s.at, finding.Finding{
						Message: s.at.Name + " is a placeholder or an example's value, expected the secret that the issuer gave to this client",
						Hint:    "# as the issuer shows it for the client\n" + s.at.Name + " VALUE",
					}, s.Vhost)
				}
			}
		},
	}
}
