package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func oauth2OptionIgnored() rule.Rule {
	return rule.Rule{
		Slug:     "oauth2-option-ignored",
		Severity: finding.Error,
		Title:    "an issuer or audience among the options of OAuth2TokenVerify is passed over",
		Why: "`iss=` and `aud=` look as if they said which tokens are good, but liboauth2 up to 2.3.0, which is all that distributions ship, " +
			"does not know them, and takes any option that it does not know without a word: tokens of another issuer or for another service " +
			"pass.",
		Mend:   "`Require oauth2_claim iss:…` and `Require oauth2_claim aud:…` inside of `<RequireAll>`, which every version knows.",
		Source: "liboauth2 src/jose.c (iss and aud as values: 2.3.1)",
		Check: func(p *rule.Pass) {
			for _, d := range oauth2Doors(p) {
				for _, v := range verifies(d) {
					reportIgnored(p, d, v)
				}
			}
		},
	}
}

func reportIgnored(p *rule.Pass, d *subject.Door, v verify) {
	for _, name := range []string{"iss", "aud"} {
		value := v.options.Get(name)
		if value == "" || asks(d, name) {
			continue
		}
		p.On(v.at, finding.Finding{
			Message: fmt.Sprintf("%s=%s is passed over up to liboauth2 2.3.0, and no Require looks at %s: tokens with any other pass", name, value, name),
			Hint:    requireAll(d, name+":"+value),
		}, d)
	}
}
