package symptom

import "github.com/fedstone/fedstone/internal/keystone"

// What the steps of the browser's way find out about a redirect or a page.
const (
	WebssoLoop               Fact = "the redirects go round and round"
	WebssoBadLocation        Fact = "a redirect points nowhere"
	WebssoPlain              Fact = "a redirect leaves https"
	WebssoPicker             Fact = "a redirect to a page on which one of several issuers is chosen"
	WebssoIssuer             Fact = "a redirect to another place than the issuer's authorization endpoint"
	WebssoClient             Fact = "the request names another client"
	WebssoScope              Fact = "the request's scope lacks openid"
	WebssoResponse           Fact = "the request does not ask for a code"
	WebssoRedirectMissing    Fact = "the request has no redirect URI"
	WebssoRedirectPlain      Fact = "the request's redirect URI is http"
	WebssoRedirectHost       Fact = "the request's redirect URI is at another host"
	WebssoRedirectIsPath     Fact = "the request's redirect URI is a path that Keystone answers"
	WebssoRedirectUnanswered Fact = "the redirect URI is not answered by the module"
	WebssoNoState            Fact = "the request has no state or no nonce"
	WebssoNoCookie           Fact = "no state cookie comes with the request"
	WebssoCookieOpen         Fact = "the state cookie is not Secure"
	WebssoCookieScripts      Fact = "the state cookie is not HttpOnly"
	WebssoIssuerRefuses      Fact = "the issuer shows an error in place of its login page"
	WebssoIssuerError        Fact = "the issuer sends the browser back with an error"
	WebssoGlobalOpen         Fact = "Keystone itself answers the path that names no provider"
	WebssoPassword           Fact = "the issuer shows its login page again"
	WebssoAsksMore           Fact = "the issuer asks for something else after the password"
	WebssoStateLost          Fact = "400 at the redirect URI"
	WebssoSessionLost        Fact = "a redirect away from Keystone after the login"
	WebssoOrigin             Fact = "401 of Keystone after the login, though not for another dashboard"
	WebssoOriginOrRules      Fact = "401 of Keystone after the login"
	WebssoNoToken            Fact = "200 after the login, but no form with a token"
	WebssoOtherAction        Fact = "the page's form goes to another place than the dashboard"
	BrowserNoChoice          Fact = "the dashboard does not lead to the issuer"
	BrowserNoForm            Fact = "the issuer shows no login form in the browser"
	BrowserNotBack           Fact = "the browser does not come back to the dashboard"
	BrowserOtherUser         Fact = "the dashboard does not show the user"
)

const (
	websso   = "websso"
	browsing = "websso websso-login websso-browser"
	trusted  = "write `trusted_dashboard = {dashboard}` into [federation] of keystone.conf"
)

// onTheWay is a symptom that the walk itself has told.
func onTheWay(slug string, known Fact, cause, mend string, rules ...string) Symptom {
	return Symptom{Slug: slug, Steps: browsing, Known: []Fact{known}, Sight: string(known), Cause: cause, Mend: mend, Rules: rules}
}

// webssoSymptoms: from the dashboard to the issuer's login page.
func webssoSymptoms() []Symptom {
	return append(webssoRequest(), append(webssoIssuer(), append(webssoLogin(), append(inBrowser(), webssoFirst()...)...)...)...)
}

// webssoRequest: the request that the relying party makes.
func webssoRequest() []Symptom {
	return []Symptom{
		onTheWay("websso-loop", WebssoLoop, "the browser is sent round and round: {seen} comes again",
			"compare scheme, host and port of OIDCRedirectURI, ServerName and `keystone: {url: …}`; behind a proxy that ends TLS set `OIDCXForwardedHeaders X-Forwarded-Proto X-Forwarded-Port`", "redirect-loop", "forwarded-headers-beside-tls", "cookie-path-not-above-redirect"),
		onTheWay("websso-location-broken", WebssoBadLocation, "{hop} redirects to {seen}", "read what stands in front of Keystone: a proxy rewrites Location"),
		onTheWay("websso-plain-http", WebssoPlain, "{hop} redirects to {seen}, without TLS: what the browser sends there can be read by anybody",
			"write https into ServerName and OIDCRedirectURI; behind a proxy that ends TLS set `OIDCXForwardedHeaders X-Forwarded-Proto`", "https-unknown-to-httpd", "redirect-uri-not-https"),
		onTheWay("websso-choice-elsewhere", WebssoPicker, "the browser is sent to {seen} to choose an issuer, but this path is for {issuer} alone",
			"in <Location {websso}> write `OIDCDiscoverURL {keystone}/v3/OS-FEDERATION/redirect_uri?iss=…` with {issuer}, percent-encoded (`fedstone render` writes it)", "discover-url-not-the-redirect-uri", "discover-url-issuer-unknown"),
		onTheWay("websso-wrong-issuer", WebssoIssuer, "the browser is sent to {seen}, but {issuer} is logged in at {want}",
			"in <Location {websso}> name this issuer: `OIDCDiscoverURL …?iss=`, or the vhost's OIDCProviderMetadataURL", "discover-url-other-issuer", "discover-url-missing", "metadata-issuer-differs"),
		onTheWay("websso-wrong-client", WebssoClient, "the relying party logs in as client {seen}; the description says {want}",
			"write `OIDCClientID {want}`, or client_id into the issuer's .client file", "client-differs", "metadata-client-id-missing"),
		onTheWay("websso-scope-without-openid", WebssoScope, "the request's scope is {seen}, without openid: the issuer gives no ID token", "write `OIDCScope \"openid email profile\"`", "scope-without-openid"),
		onTheWay("websso-response-type", WebssoResponse, "the request asks for {seen}, in place of a code: tokens go through the browser, and the answer comes by POST or behind a #",
			"write `OIDCResponseType code`", "response-type-implicit", "form-post-same-site"),
		onTheWay("websso-redirect-uri-missing", WebssoRedirectMissing, "the request has no redirect URI that can be read", "write `OIDCRedirectURI {keystone}/v3/OS-FEDERATION/redirect_uri`", "no-redirect-uri"),
		onTheWay("websso-redirect-uri-http", WebssoRedirectPlain, "the redirect URI is {seen}, without TLS: httpd does not know that a proxy ends TLS in front of it",
			"write `OIDCRedirectURI {keystone}/v3/OS-FEDERATION/redirect_uri`, and set `OIDCXForwardedHeaders X-Forwarded-Proto`", "redirect-uri-not-https", "https-unknown-to-httpd", "redirect-uri-from-request"),
		onTheWay("websso-redirect-uri-host", WebssoRedirectHost, "the redirect URI is {seen}, at another host or port than {want}: the state cookie does not come back there",
			"write `OIDCRedirectURI {keystone}/v3/OS-FEDERATION/redirect_uri`", "redirect-uri-other-host", "redirect-uri-by-address", "redirect-uri-from-request"),
		onTheWay("websso-redirect-uri-is-path", WebssoRedirectIsPath, "the redirect URI is {seen}, a path that Keystone answers: the module takes every request there for an answer of the issuer",
			"give it a path of its own: `OIDCRedirectURI {keystone}/v3/OS-FEDERATION/redirect_uri`", "redirect-uri-is-keystone-path"),
		onTheWay("websso-redirect-uri-unanswered", WebssoRedirectUnanswered, "{seen}, to which the issuer sends browsers back, is answered with {status}, not by the module",
			"add <Location> for that path with `AuthType openid-connect` and `Require valid-user`, above the alias of Keystone", "redirect-uri-unprotected", "redirect-uri-in-another-vhost", "redirect-uri-under-oauth20"),
		onTheWay("websso-state-missing", WebssoNoState, "the request has no {seen}: an answer of the issuer could be put into another browser", "see which module makes the request; mod_auth_openidc always sends it"),
		onTheWay("websso-state-cookie-missing", WebssoNoCookie, "no cookie comes with the request, so nothing ties the issuer's answer to this browser", "see whether a proxy in front drops Set-Cookie"),
		onTheWay("websso-state-cookie-open", WebssoCookieOpen, "the state cookie is not Secure: httpd takes the request for plain http", "write https into ServerName and OIDCRedirectURI; behind a proxy set `OIDCXForwardedHeaders X-Forwarded-Proto`", "https-unknown-to-httpd"),
		onTheWay("websso-state-cookie-scripts", WebssoCookieScripts, "scripts can read the state cookie: it is not HttpOnly", "delete `OIDCCookieHTTPOnly Off`", "cookie-readable-by-scripts"),
		onTheWay("websso-global-open", WebssoGlobalOpen, "Keystone itself answered {global}, which names no provider: no section of httpd's configuration covers it, so claim headers that a client forges reach Keystone",
			"close it: <Location {global}> with `Require all denied` (`fedstone render` writes it)", "federation-path-unprotected", "federation-paths-not-closed"),
	}
}

// webssoIssuer: the issuer's own answers.
func webssoIssuer() []Symptom {
	refused := func(slug, seen, cause, mend string, rules ...string) Symptom {
		s := onTheWay(slug, WebssoIssuerRefuses, cause, mend, rules...)
		s.By, s.Seen = keystone.ByIDP, seen
		return s
	}
	register := "register {keystone}/v3/OS-FEDERATION/redirect_uri, or what OIDCRedirectURI says, as a redirect URI of the client at {issuer}, byte for byte"
	return []Symptom{
		refused("websso-redirect-uri-unregistered", "redirect_uri", "the issuer does not know the redirect URI", register, "client-redirect-uri-differs"),
		refused("websso-redirect-url-unregistered", "AADSTS50011", "the issuer does not know the redirect URI", register, "client-redirect-uri-differs"),
		refused("websso-client-unknown", "client", "the issuer does not know the client, or it may not log users in", "correct OIDCClientID, or register the client at {issuer} with the authorization code flow", "client-differs"),
		refused("websso-issuer-refuses", "", "the issuer answers the request with {status} in place of its login page", "its own words stand in the evidence, the reason in its log"),
		onTheWay("websso-issuer-error", WebssoIssuerError, "the issuer sends the browser back with {seen}",
			"invalid_scope: ask for scopes that it offers; unauthorized_client: allow the client the authorization code flow; access_denied: allow the user the client; else read the issuer's log"),
	}
}

// webssoLogin: after the login at the issuer.
func webssoLogin() []Symptom {
	return []Symptom{
		onTheWay("websso-wrong-password", WebssoPassword, "the issuer does not take the password of {seen}", "correct `probe: {username: …, password: …}`; the account may be locked"),
		onTheWay("websso-asks-more", WebssoAsksMore, "after the password the issuer shows a further page at {seen}: a second factor, a consent or a new password", "take a test user of whom nothing more is asked"),
		onTheWay("websso-state-lost", WebssoStateLost, "the redirect URI answers 400 to the issuer's answer: the state cookie cannot be read, or the code cannot be redeemed",
			"give all controllers one OIDCCryptoPassphrase and one cache, and read httpd's error log: the client secret may be wrong, or httpd may not reach {issuer}", "passphrase-differs", "passphrase-random", "cookie-domain-foreign", "session-cache-local", "metadata-client-secret-missing"),
		onTheWay("websso-session-lost", WebssoSessionLost, "after the login the browser is sent on to {seen}: httpd does not find the session that it has made",
			"set OIDCCookiePath to a path above both the redirect URI and {websso}, and share the session cache", "cookie-path-not-above-redirect", "cookie-name-per-location", "session-cache-local"),
		onTheWay("websso-origin-untrusted", WebssoOrigin, "Keystone does not trust the dashboard {dash}: {dashboard} is not among its trusted_dashboard", trusted, "trusted-dashboard-missing", "trusted-dashboard-differs", "trusted-dashboard-malformed"),
		onTheWay("websso-origin-or-rules", WebssoOriginOrRules, "Keystone refuses after the login, and does not say why: {dashboard} is not among its trusted_dashboard, or no rule of the mapping fits what the ID token says of this user",
			trusted+"; if it stands there, the log of Keystone says which claim is missing, and `scopes: […]` of identity_providers.{idp} may have to ask for it (`groups`)", "trusted-dashboard-missing", "trusted-dashboard-differs", "trusted-dashboard-malformed"),
		onTheWay("websso-page-without-token", WebssoNoToken, "the page after the login has no form with a token", "put Keystone's own sso_callback_template back", "callback-template-missing"),
		onTheWay("websso-page-elsewhere", WebssoOtherAction, "the page after the login sends the token to {seen}; expected {want}", "put Keystone's own sso_callback_template back: its form goes to $host", "callback-template-missing"),
	}
}

// inBrowser: what a real browser met.
func inBrowser() []Symptom {
	return []Symptom{
		onTheWay("browser-no-choice", BrowserNoChoice, "the dashboard's login page does not lead to {issuer}: {what}",
			"in Horizon's local_settings: WEBSSO_ENABLED = True, and {idp} in WEBSSO_CHOICES and WEBSSO_IDP_MAPPING (`fedstone render` writes it)", "websso-disabled", "websso-choice-without-mapping", "websso-door-without-choice", "websso-mapping-swapped"),
		onTheWay("browser-no-form", BrowserNoForm, "{seen} shows no login form for a name and a password: {what}", "look at the picture; the step websso says more about what the issuer was asked"),
		onTheWay("browser-not-back", BrowserNotBack, "after the password the browser ends at {seen}: {what}", "look at the picture; `--login` goes the same way by hand and says more"),
		onTheWay("browser-other-user", BrowserOtherUser, "the dashboard shows {user} in its header; expected {want}: {what}", "compare the mapping's `user: {name: …}` for the claims of an ID token"),
	}
}

// webssoFirst: answers to the first request, or to the last one.
func webssoFirst() []Symptom {
	at := func(slug string, status []int, by keystone.AnsweredBy, seen, sight, cause, mend string, rules ...string) Symptom {
		return Symptom{Slug: slug, Steps: websso, Status: status, By: by, Seen: seen, Sight: sight, Cause: cause, Mend: mend, Rules: rules}
	}
	location := "add <Location {websso}> with `AuthType openid-connect` (`fedstone render` writes it)"
	later := func(s Symptom) Symptom { s.Steps = "websso-login"; return s }
	return []Symptom{
		at("websso-uncovered", []int{400, 401}, keystone.ByItself, "", "400 or 401 of Keystone, in place of a redirect",
			"Keystone itself answered a browser that has not logged in: no section of httpd's configuration covers {websso}", location, "federation-path-unprotected", "provider-without-door", "location-mistyped"),
		at("websso-unknown-to-keystone", []int{404}, keystone.ByItself, "", "404 of Keystone", "Keystone knows no such path: it is mounted elsewhere", "set `keystone: {url: …}` to the URL of which /v3 answers"),
		at("websso-provider-list", []int{200}, keystone.ByOpenIDC, "Provider Discovery", "a list of providers to choose from",
			"the module shows its list of providers, but this path is for {issuer} alone: its section names no issuer", "in <Location {websso}> write `OIDCDiscoverURL {keystone}/v3/OS-FEDERATION/redirect_uri?iss=…` with {issuer}, percent-encoded", "discover-url-missing", "global-websso-shows-list"),
		at("websso-path-is-redirect-uri", []int{200}, "", "Submitting", "a page \"Submitting...\"",
			"the OIDCRedirectURI is the websso path itself: no login can begin", "give it a path of its own: `OIDCRedirectURI {keystone}/v3/OS-FEDERATION/redirect_uri`", "redirect-uri-is-keystone-path"),
		at("websso-takes-tokens-only", []int{401}, "", "", "401 of httpd or its module",
			"{websso} asks a browser for a bearer token, or refuses its Accept header", "in <Location {websso}> write `AuthType openid-connect` in place of oauth20", "websso-accepts-tokens-only", "unauth-action-refuses-browsers"),
		at("websso-redirect-uri-mismatch", []int{500}, keystone.ByOpenIDC, "", "500 page of httpd in place of a redirect, with the module's cookie",
			"the module stops the login: scheme or host of OIDCRedirectURI are not those by which httpd was asked, so the state cookie would not come back",
			"write `OIDCRedirectURI {keystone}/v3/OS-FEDERATION/redirect_uri`; behind a proxy that ends TLS set `OIDCXForwardedHeaders X-Forwarded-Proto`, and have the proxy send it", "redirect-uri-other-host", "https-unknown-to-httpd", "redirect-uri-from-request"),
		at("websso-denied", []int{403}, keystone.ByHTTPD, "", "403 of httpd", "httpd denies {websso} before anybody could log in", location+", below the rule that closes federation paths", "denied-by-mistake"),
		at("websso-unknown-to-httpd", []int{404}, keystone.ByHTTPD, "", "404 of httpd", "httpd knows no {websso}: Keystone is mounted elsewhere, or not in this vhost", "set `keystone: {url: …}` to the URL of which /v3 answers"),
		later(at("websso-not-let-in", []int{401, 403}, keystone.ByHTTPD, "", "401 or 403 of httpd after the login", "httpd refuses the session that it has just made: a `Require claim` line of {websso} does not fit", "compare the line with the claims of the user's ID token", "requirements-differ")),
		later(at("websso-keystone-forbids", []int{403}, keystone.ByItself, "", "403 of Keystone after the login", "Keystone knows no identity provider for the issuer, or it is disabled", "openstack identity provider set --enable --remote-id {issuer} {idp}", "remote-id-unknown", "idp-disabled")),
		later(at("websso-keystone-breaks", []int{500}, "", "", "500 after the login", "Keystone fails to make the page for the dashboard: sso_callback_template is missing or broken, or the mapping raises an exception", "read Keystone's log; put its own sso_callback_template back", "callback-template-missing", "template-broken")),
	}
}
