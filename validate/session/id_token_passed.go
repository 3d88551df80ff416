package session

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func idTokenPassed() rule.Rule {
	return rule.Rule{
		Slug:     "id-token-passed",
		Severity: finding.Info,
		Title:    "Keystone gets the users' ID tokens as they were issued",
		Why: "With `OIDCPassIDTokenAs serialized` the signed ID token is in every request that goes on to Keystone, as `OIDC_id_token`. Keystone takes the single claims and has no use for it, but at level debug writes what begins with `OIDC` into its log. " +
			"Some services take an ID token for a login.",
		Mend:   "Take `serialized` out; `claims` is the default and all that Keystone needs.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_session_pass_tokens",
		Check: func(p *rule.Pass) {
			for _, s := range settings(p, party, "oidcpassidtokenas") {
				words := strings.Fields(strings.ToLower(strings.Join(s.at.Argv(), " ")))
				if !slices.Contains(words, "serialized") {
					continue
				}
				p.On(s.at, finding.Finding{
					Message: "OIDCPassIDTokenAs serialized: Keystone gets the users' signed ID tokens, which it has no use for",
					Hint:    "OIDCPassIDTokenAs claims",
				}, s.Vhost)
			}
		},
	}
}
