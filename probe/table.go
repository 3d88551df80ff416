package probe

import "github.com/fedstone/fedstone/internal/keystone"

// row tells what an answer means. The zero value of a condition is "any". Words
// in braces are replaced by this federation's own names.
type row struct {
	name   string
	steps  string // names of the steps it is about, separated by spaces
	status int
	by     keystone.AnsweredBy
	seen   string // in the body, WWW-Authenticate or Location, whatever the case
	// control is what the request without a token got: "bearer" for a Bearer
	// challenge, "page" for a refusal without one.
	control string
	cause   string
	mend    string
}

const (
	controls = "no-token garbage-token"
	issuing  = "exchange"
)

// table gives what answers mean, the most special first. The generic texts of
// Keystone are no help: without insecure_debug ten causes share one 401.
func table() []row {
	var all []row
	for _, part := range [][]row{openRows(), moduleRows(), httpdRows(), keystoneRows(), keystoneSpecialRows(), wayRows()} {
		all = append(all, part...)
	}
	return all
}

// openRows: let in where nobody may be.
func openRows() []row {
	return []row{
		{name: "open path", steps: controls, status: 201,
			cause: "CRITICAL: {path} gives out Keystone tokens without a valid token of {issuer}",
			mend:  "close the path in httpd now: <Location {path}> with AuthType and `Require claim iss:{issuer}` (`fedstone render` writes it), and unset client-sent OIDC-* headers"},
		{name: "uncovered path", steps: controls, status: 401, by: keystone.ByItself,
			cause: "Keystone itself answered a request without a valid token: no section of httpd's configuration covers {path}, so claim headers that a client forges reach Keystone",
			mend:  "add <Location {path}> to the vhost that serves {keystone} (`fedstone render` writes it); the ids must be those of Keystone, case included"},
		{name: "uncovered path, known issuer", steps: controls, status: 403, by: keystone.ByItself,
			cause: "Keystone itself answered a request without a valid token: no section of httpd's configuration covers {path}",
			mend:  "add <Location {path}> to the vhost that serves {keystone} (`fedstone render` writes it)"},
	}
}

// moduleRows: mod_auth_openidc and mod_oauth2.
func moduleRows() []row {
	verify := "httpd must verify by the keys of {issuer}: OIDCOAuthVerifyJwksUri of its vhost, and OIDCCABundlePath with the issuer's CA; take a fresh JWT access token; the reason stands in httpd's error log"
	return []row{
		{name: "bearer lost", steps: issuing, status: 401, seen: "No bearer token found",
			cause: "the Authorization header did not arrive, or not as Bearer: a proxy in front of httpd takes it away",
			mend:  "let the proxy in front of {keystone} pass the Authorization header on"},
		{name: "JWT refused", steps: issuing, status: 401, seen: "JWT token could not be validated",
			cause: "httpd could not verify the token: wrong or rotated key, expired, an opaque token where a JWT is verified, or httpd cannot fetch the keys",
			mend:  verify},
		{name: "introspection failed", steps: issuing, status: 401, seen: "could not be introspected",
			cause: "httpd's introspection of the token failed: the provider says inactive, or refuses httpd's client, or httpd does not trust its certificate",
			mend:  "check OIDCOAuthIntrospectionEndpoint, OIDCOAuthClientID and OIDCOAuthClientSecret; the introspecting client must be in the token's aud (Keycloak 26.6.2 and later)"},
		{name: "scope refused", steps: issuing, seen: "insufficient_scope",
			cause: "httpd verified the token, but a `Require claim` line of {path} refuses it",
			mend:  "the token needs iss {issuer}, {audience} in aud and one of {clients} as its client; correct `bearer:` of identity_providers.{idp} or the provider's mappers"},
		{name: "mod_oauth2 refused", steps: issuing, status: 401, by: keystone.ByOAuth2,
			cause: "mod_oauth2 could not verify the token: key, expiry, issuer or audience",
			mend:  "compare OAuth2TokenVerify of <Location {path}> with the keys of {issuer}; the reason stands in httpd's error log"},
		{name: "module challenge", steps: issuing, status: 401, by: keystone.ByOpenIDC,
			cause: "mod_auth_openidc did not accept the token", mend: verify},
		{name: "redirect URI is the path", status: 302, by: keystone.ByOpenIDC, seen: "Location: {path}",
			cause: "httpd redirects to the same path: OIDCRedirectURI equals a protected API path, or forwarded scheme and port are not believed",
			mend:  "give OIDCRedirectURI a path of its own, and set `OIDCXForwardedHeaders X-Forwarded-Proto X-Forwarded-Port` behind a proxy that ends TLS"},
		{name: "browser only, redirect", status: 302, by: keystone.ByOpenIDC,
			cause: "{path} is set up for browsers alone: httpd redirects to {host} and does not look at the bearer",
			mend:  "in <Location {path}> write `AuthType oauth20` (or auth-openidc) in place of `AuthType openid-connect`"},
		{name: "list of providers", status: 200, by: keystone.ByOpenIDC, seen: "Provider Discovery",
			cause: "{path} is set up for browsers alone: httpd shows the list of providers",
			mend:  "in <Location {path}> write `AuthType oauth20` in place of `AuthType openid-connect`"},
		{name: "redirect URI handler", status: 200, by: keystone.ByOpenIDC,
			cause: "OIDCRedirectURI equals {path}: the module's own handler answers there, and Keystone is never asked",
			mend:  "give OIDCRedirectURI a path of its own, such as /v3/OS-FEDERATION/redirect_uri"},
	}
}

// httpdRows: httpd's own pages. A 401 of its own has two causes, which the
// request without a token tells apart: with httpd 2.4 the module gives the
// challenge for insufficient_scope in an environment variable only.
func httpdRows() []row {
	return []row{
		{name: "Require refused", steps: issuing, status: 401, by: keystone.ByHTTPD, control: "bearer",
			cause: "httpd verified the token, but a `Require claim` line of {path} refuses it",
			mend:  "the token needs iss {issuer}, {audience} in aud and one of {clients} as its client; correct `bearer:` of identity_providers.{idp} or the provider's mappers"},
		{name: "browser only", steps: issuing, status: 401, by: keystone.ByHTTPD,
			cause: "httpd refused without a Bearer challenge, also where no token was sent: {path} has `AuthType openid-connect`, which does not look at a bearer",
			mend:  "in <Location {path}> write `AuthType oauth20` (or auth-openidc)"},
		{name: "denied", status: 403, by: keystone.ByHTTPD,
			cause: "httpd denies {path}: the deny rule for federation paths that are not opened, or a Require that refuses with 403",
			mend:  "open it: <Location {path}> for identity_providers.{idp} (`fedstone render` writes it), with the ids as Keystone has them, case included"},
		{name: "no such page", status: 404, by: keystone.ByHTTPD,
			cause: "httpd knows no {path}: Keystone is mounted elsewhere (such as /identity), or not in this vhost",
			mend:  "set `keystone: {url: …}` to the URL of which /v3 answers"},
		{name: "header too large", status: 400, by: keystone.ByHTTPD, steps: issuing,
			cause: "httpd does not take so large a header: the token has too many claims or groups",
			mend:  "raise LimitRequestFieldSize in httpd and the limit of the proxy in front, or have the provider put less into the token"},
		{name: "header too large, 431", status: 431,
			cause: "the token is larger than a header may be on the way",
			mend:  "raise LimitRequestFieldSize in httpd and the limit of the proxy in front, or have the provider put less into the token"},
		{name: "httpd 500", status: 500, by: keystone.ByHTTPD,
			cause: "Keystone ended with an uncaught exception, or AuthType names a method that no module has",
			mend:  "read httpd's error log: a mapping with an unbalanced brace or a bad regular expression, a missing sso_callback_template, or a misspelt AuthType"},
		{name: "httpd 503", status: 503, by: keystone.ByHTTPD,
			cause: "httpd does not reach what it hands the request to: the inner vhost or Keystone's WSGI process is down",
			mend:  "see that the gate's port is listened on (`httpd -S`) and that the WSGI daemon runs; the reason stands in httpd's error log"},
		{name: "httpd 502", status: 502, by: keystone.ByHTTPD,
			cause: "httpd does not get an answer from what it hands the request to",
			mend:  "see that Keystone's WSGI process runs; the reason stands in httpd's error log"},
		{name: "wrong method, page", status: 405, by: keystone.ByHTTPD,
			cause: "httpd refuses the method POST: a filter such as mod_security",
			mend:  "let POST pass on {path}"},
	}
}

// wayRows: proxies, and what nobody expected.
func wayRows() []row {
	down := "see the proxy's backends for {keystone}"
	return []row{
		{name: "proxy 502", status: 502, by: keystone.ByProxy, cause: "a proxy in front gets no sound answer from httpd", mend: down},
		{name: "proxy 503", status: 503, by: keystone.ByProxy, cause: "a proxy in front has no httpd to ask", mend: down},
		{name: "proxy 504", status: 504, by: keystone.ByProxy, cause: "a proxy in front waited too long: httpd may be waiting for the issuer's keys or introspection", mend: "see that the controllers reach {issuer}; the proxy's time must be longer than OIDCHTTPTimeoutShort"},
		{name: "proxy 413", status: 413, cause: "the request is larger than a proxy or httpd takes", mend: "raise the limit for headers and body"},
		{name: "proxy 429", status: 429, cause: "a proxy in front limits the rate of requests", mend: "try again later, or let this machine's address pass"},
		{name: "redirect", status: 301, cause: "the answer redirects to {host}: the URL is not the public one", mend: "set `keystone: {url: …}` to the URL that answers itself"},
		{name: "redirect, found", status: 302, cause: "the answer redirects to {host}: the URL is not the public one, or a login page stands in front", mend: "set `keystone: {url: …}` to the URL that answers itself"},
		{name: "redirect, kept", status: 308, cause: "the answer redirects to {host}: the path has a double slash, or the URL is not the public one", mend: "set `keystone: {url: …}` to the URL that answers itself"},
		{name: "page of a proxy", status: 200, by: keystone.ByProxy, cause: "something that is not Keystone answers at {keystone}, with a page of its own", mend: "set `keystone: {url: …}` to Keystone's public URL"},
	}
}
