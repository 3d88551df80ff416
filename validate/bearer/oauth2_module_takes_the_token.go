package bearer

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func oauth2ModuleTakesTheToken() rule.Rule {
	return rule.Rule{
		Slug:     "oauth2-module-takes-the-token",
		Severity: finding.Error,
		Title:    "mod_oauth2 takes the tokens of AuthType auth-openidc and cannot verify them",
		Why: "Where mod_oauth2 is loaded it answers for the bearer tokens of `AuthType auth-openidc`, before mod_auth_openidc sees them. " +
			"Without an `OAuth2TokenVerify` it knows no keys, and every token gets 401, whatever the `OIDCOAuth…` directives say. Debian " +
			"switches the module on when its package is installed, so that a working login fails from one day to the next.",
		Mend: "On the auth path `AuthType oauth20`, which is mod_auth_openidc's alone. Where browsers and tokens come to the same path: an " +
			"`OAuth2TokenVerify`, or `a2dismod oauth2`.",
		Source: "mod_oauth2 src/mod_oauth2.c, oauth2_check_user_id_handler",
		Check: func(p *rule.Pass) {
			for _, d := range oauth2Doors(p) {
				if d.AuthType() != "auth-openidc" || len(verifies(d)) > 0 || d.Kind != subject.Auth {
					continue
				}
				p.On(authType(d), finding.Finding{
					Message: fmt.Sprintf("mod_oauth2 is loaded and takes the tokens of the %s %s, but no OAuth2TokenVerify says how to verify them: every token gets 401", d.Kind, d.Path),
					Hint:    "AuthType oauth20",
					Fix:     oauth20Instead(d),
				}, d)
			}
		},
	}
}

// oauth20Instead leaves the tokens of one door to mod_auth_openidc.
func oauth20Instead(d *subject.Door) *finding.Fix {
	at := authType(d)
	if at.Parent() != d.Section || !d.Vhost.ResourceServer() {
		return nil
	}
	return subject.Reword("let mod_auth_openidc verify the tokens", at, 0, 1, "oauth20")
}
