package symptom

import "github.com/fedstone/fedstone/internal/keystone"

const authTypeOAuth = "in <Location {path}> write `AuthType oauth20` (or auth-openidc) in place of `AuthType openid-connect`"

// browserSymptoms: mod_auth_openidc as a relying party, which looks at no bearer.
func browserSymptoms() []Symptom {
	return []Symptom{
		{Slug: "redirect-uri-is-the-path", Status: []int{302, 303}, By: keystone.ByOpenIDC, Seen: "Location: {path}",
			Sight: "302 to the very path that was asked",
			Cause: "httpd redirects to the same path: OIDCRedirectURI equals a protected API path, or forwarded scheme and port are not believed",
			Mend:  "give OIDCRedirectURI a path of its own, and set `OIDCXForwardedHeaders X-Forwarded-Proto X-Forwarded-Port` behind a proxy that ends TLS"},
		{Slug: "browser-only-redirect", Status: []int{302, 303}, By: keystone.ByOpenIDC,
			Sight: "302 to the issuer's login page",
			Cause: "{path} is set up for browsers alone: httpd redirects to {host} and does not look at the bearer",
			Mend:  authTypeOAuth, Rules: []string{"auth-path-for-browsers-only"}},
		{Slug: "provider-list", Status: []int{200}, By: keystone.ByOpenIDC, Seen: "Provider Discovery",
			Sight: "200, a page that lists identity providers",
			Cause: "{path} is set up for browsers alone: httpd shows the list of providers",
			Mend:  authTypeOAuth, Rules: []string{"auth-path-for-browsers-only"}},
		{Slug: "redirect-uri-handler", Status: []int{200}, By: keystone.ByOpenIDC,
			Sight: "200 with an empty body",
			Cause: "OIDCRedirectURI equals {path}: the module's own handler answers there, and Keystone is never asked",
			Mend:  "give OIDCRedirectURI a path of its own, such as /v3/redirect_uri"},
		{Slug: "browser-only", Steps: exchange, Status: []int{401}, By: keystone.ByHTTPD, Truly: keystone.ByOpenIDC,
			Second: []Second{{"garbage-token", Want{Seen: "www-authenticate: bearer", Not: true}}},
			Sight:  "401 page without a Bearer challenge, whatever the token",
			Cause:  "httpd refused without a Bearer challenge, also a token that nobody has signed: {path} has `AuthType openid-connect`, which does not look at a bearer",
			Mend:   authTypeOAuth, Rules: []string{"auth-path-for-browsers-only"}},
	}
}
