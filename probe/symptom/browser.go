package symptom

import "github.com/fedstone/fedstone/internal/keystone"

const (
	authTypeOAuth = "in <Location {path}> write `AuthType oauth20` (or auth-openidc, with OIDCOAuth* beside it) in place of `AuthType openid-connect`"
	ownRedirect   = "give OIDCRedirectURI a path of its own, one that Keystone does not answer:\nOIDCRedirectURI {keystone}/v3/OS-FEDERATION/redirect_uri"
)

// browserSymptoms: mod_auth_openidc as a relying party, which looks at no bearer.
func browserSymptoms() []Symptom {
	by, browsers := keystone.ByOpenIDC, []string{"auth-path-for-browsers-only"}
	return []Symptom{
		{Slug: "redirect-uri-is-the-path", Status: []int{302, 303}, By: by, Seen: "Location: {path}",
			Sight: "302 to the very path that was asked",
			Cause: "httpd redirects to the same path: OIDCRedirectURI equals a protected API path, or forwarded scheme and port are not believed",
			Mend:  ownRedirect + "\nand behind a proxy that ends TLS: OIDCXForwardedHeaders X-Forwarded-Proto X-Forwarded-Port", Rules: []string{"redirect-uri-is-keystone-path", "forwarded-headers-beside-tls"}},
		{Slug: "browser-only-redirect", Status: []int{302, 303}, By: by,
			Sight: "302 to the issuer's login page",
			Cause: "{path} is set up for browsers alone: httpd redirects to {host} and does not look at the bearer", Mend: authTypeOAuth, Rules: browsers},
		{Slug: "provider-list", Status: []int{200}, By: by, Seen: "Provider Discovery",
			Sight: "200, a page that lists identity providers",
			Cause: "{path} is set up for browsers alone: httpd shows the list of providers", Mend: authTypeOAuth, Rules: browsers},
		{Slug: "redirect-uri-is-the-path", Status: []int{200}, Steps: issuing, Seen: "submitting",
			Sight: "200, a page \"Submitting…\"",
			Cause: "the OIDCRedirectURI equals {path}: the module's own handler answers there, and Keystone is never asked", Mend: ownRedirect, Rules: []string{"redirect-uri-is-keystone-path"}},
		{Slug: "redirect-uri-is-the-path", Status: []int{200}, By: by,
			Sight: "200 with an empty body",
			Cause: "the OIDCRedirectURI equals {path}: the module's own handler answers there, and Keystone is never asked", Mend: ownRedirect, Rules: []string{"redirect-uri-is-keystone-path"}},
		{Slug: "browser-only", Steps: exchange, Status: []int{401}, By: keystone.ByHTTPD, Truly: by,
			Second: []Second{{"garbage-token", Want{Seen: "www-authenticate: bearer", Not: true}}, {"browser", Want{Status: []int{200, 302, 303}}}},
			Sight:  "401 page without a Bearer challenge, whatever the token; for a browser a redirect to the issuer",
			Cause:  "httpd refused without a Bearer challenge, also a token that nobody has signed: {path} has `AuthType openid-connect`, which does not look at a bearer",
			Mend:   authTypeOAuth, Rules: browsers},
		{Slug: "saml-only", Status: []int{302, 303}, Seen: "returnto=", Truly: keystone.ByHTTPD,
			Sight: "303 to …/login?ReturnTo=",
			Cause: "{path} is guarded by mod_auth_mellon (SAML), which looks at no bearer", Mend: addLocation},
	}
}
