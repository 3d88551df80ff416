package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func oauth2KeysOfSeveralIssuers() rule.Rule {
	return rule.Rule{
		Slug:     "oauth2-keys-of-several-issuers",
		Severity: finding.Error,
		Title:    "one path trusts the keys of several issuers",
		Why: "Of several `OAuth2TokenVerify` in one section each is tried in turn, and one success is enough. Which of them it was is " +
			"forgotten: an issuer can sign a token that names another one as its issuer, and `Require oauth2_claim iss:` takes it, since it " +
			"reads what the token says. Each of them can so log in as every user of the others.",
		Mend:   "One `OAuth2TokenVerify` at the path of each identity provider, with a cache of its own.",
		Source: "liboauth2 src/oauth2.c, oauth2_token_verify",
		Check: func(p *rule.Pass) {
			for _, d := range oauth2Doors(p) {
				if other := otherIssuer(verifies(d)); other != nil {
					p.On(other.at, finding.Finding{
						Message: fmt.Sprintf("tokens for the %s %s may be signed by this issuer, too: it can sign them in the name of the other", d.Kind, d.Path),
						Hint:    "# one OAuth2TokenVerify for each identity provider, in its own Location",
					}, d)
				}
			}
		},
	}
}

// otherIssuer gives the first way to verify that asks another host than the first;
// nil for none.
func otherIssuer(all []verify) *verify {
	for i, v := range all {
		if i > 0 && v.remote() && all[0].remote() && !belongs(v.value, []string{all[0].value}) {
			return &all[i]
		}
	}
	return nil
}
