package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func audienceNotRequired() rule.Rule {
	return rule.Rule{
		Slug:     "audience-not-required",
		Severity: finding.Error,
		Title:    "tokens that were issued for another service are taken",
		Why: "mod_auth_openidc does not check for whom a token was issued: before 2.4.20 never, since then where `OIDCOAuthVerifyAudience` " +
			"says so. A token that a user gave to any other application of the same issuer, a wiki or a phone app, is then good for a " +
			"Keystone token, and so is an ID token. Whoever runs that application can act in the cloud as each of its users. At a public " +
			"issuer these are all applications of the world.",
		Mend: "`Require claim aud:` with the audience that the issuer gives tokens for Keystone; where it gives none, `azp:` or `client_id:` " +
			"with the client that asked for the token. Inside of `<RequireAll>`, beside the issuer.",
		Source: "mod_auth_openidc src/oauth.c; advisory GHSA-wcvh-g65p-v576; RFC 9068 section 4",
		After:  openings(),
		Check: func(p *rule.Pass) {
			for _, d := range openidcDoors(p) {
				if decided(d) && d.Vhost.ResourceServer() && d.Vhost.Command("oidcoauthverifyaudience") == nil && !asks(d, audienceClaims()...) {
					reportAudience(p, d)
				}
			}
		},
	}
}

func reportAudience(p *rule.Pass, d *subject.Door) {
	p.On(authType(d), finding.Finding{
		Message: fmt.Sprintf("the %s %s requires neither an audience nor a client: tokens that any other application of the issuer was given are taken", d.Kind, d.Path),
		Hint:    narrower(d, "aud:AUDIENCE"),
	}, d, d.Section)
}
