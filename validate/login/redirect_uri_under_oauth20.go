package login

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func redirectURIUnderOAuth20(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "redirect-uri-under-oauth20",
		Severity: finding.Error,
		Title:    "the redirect URI takes bearer tokens only",
		Why: "The browser comes back from the issuer with a code in the address, not with a bearer token. Under `AuthType oauth20` (or mod_oauth2's `oauth2`) the module " +
			"looks for a token, finds none and answers 401: everybody's login ends there, after the password was given.",
		Mend:   "Give the redirect URI a Location of its own with `AuthType openid-connect`, outside of those for bearer tokens.",
		Source: "mod_auth_openidc, src/mod_auth_openidc.c, oidc_check_user_id",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				if !v.tokensOnly() {
					continue
				}
				at := v.Context(v.path()).Setting("AuthType").Commands[0]
				p.On(at, finding.Finding{
					Message: fmt.Sprintf("AuthType %s holds for the redirect URI %s: the browser that comes back from the issuer has no token and gets 401", at.RawArgs(), v.path()),
					Hint:    callbackSection(v.path()),
					Fix:     v.browserFix(at),
				}, v.Vhost)
			}
		},
	}
}
