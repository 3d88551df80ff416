package bearer

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func oauth2AudienceNotRequired() rule.Rule {
	return rule.Rule{
		Slug:     "oauth2-audience-not-required",
		Severity: finding.Error,
		Title:    "mod_oauth2 takes tokens that were issued for another service",
		Why: "No released mod_oauth2 compares the audience of a token with anything. A token that a user gave to any other application of the " +
			"same issuer is then good for a Keystone token, and whoever runs that application can act in the cloud as each of its users.",
		Mend: "`Require oauth2_claim aud:` with the audience that the issuer gives tokens for Keystone; where it gives none, `azp:` or " +
			"`client_id:` with the client that asked for the token. Inside of `<RequireAll>`, beside the issuer.",
		Source: "liboauth2 src/jose.c, oauth2_jose_jwt_payload_validate; RFC 9068 section 4",
		After:  append(openings(), "oauth2-option-ignored"),
		Check: func(p *rule.Pass) {
			for _, d := range oauth2Doors(p) {
				if decided(d) && len(verifies(d)) > 0 && !asks(d, audienceClaims()...) {
					reportAudience(p, d)
				}
			}
		},
	}
}
