package session

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func refreshTokenPassed() rule.Rule {
	return rule.Rule{
		Slug:     "refresh-token-passed",
		Severity: finding.Warning,
		Title:    "Keystone gets the users' refresh tokens",
		Why: "With `OIDCPassRefreshToken On` the refresh token is in every request that goes on to Keystone, as `OIDC_refresh_token`. Keystone has no use for it, and at level debug writes what begins with `OIDC` into its log. " +
			"A refresh token makes new access tokens for days or months.",
		Mend:   "Switch it off: Off is the default.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_session_pass_tokens; keystone, keystone/federation/utils.py",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, party, "oidcpassrefreshtoken") {
				if !subject.IsOn(subject.Arg(s.at, 0)) {
					continue
				}
				p.On(s.at, finding.Finding{
					Message: "OIDCPassRefreshToken On: Keystone gets the users' refresh tokens, which it has no use for",
					Hint:    "OIDCPassRefreshToken Off",
					Fix:     subject.Switch(s.at, "Off"),
				}, s.Vhost)
			}
		},
	}
}
