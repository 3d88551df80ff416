package symptom

import "github.com/fedstone/fedstone/internal/keystone"

const (
	judging = "token-check exchange"
	require = "compare the `Require claim` lines of <Location {path}> with the token, which has what the description asks for: iss {issuer}, aud {audience}, client {clients} (`fedstone render` writes them)"
	verify  = "in the vhost of {keystone}: `OIDCOAuthVerifyJwksUri` with the jwks_uri of {issuer}, and `OIDCCABundlePath` with the issuer's CA; the reason stands in httpd's error log"
)

// moduleSymptoms: mod_auth_openidc as a resource server, and mod_oauth2.
func moduleSymptoms() []Symptom {
	return append(append(wayOfToken(), tokenSymptoms()...), verifierSymptoms()...)
}

// wayOfToken: the token did not come as it was sent.
func wayOfToken() []Symptom {
	too := []string{"header-limit-too-low", "header-limit-of-another-vhost", "header-limit-lower-behind-proxy"}
	large := func(sight string, status []int, seen string, known ...Fact) Symptom {
		return Symptom{Slug: "header-too-large", Steps: exchange, Status: status, Seen: seen, Known: known,
			Sight: sight,
			Cause: "the token has {size} bytes, and httpd or a proxy in front does not take so large a header",
			Mend:  "in httpd, before the first vhost: LimitRequestFieldSize 32768; in a proxy: tune.bufsize 65536 (haproxy), large_client_header_buffers 4 64k (nginx); or have the provider put fewer groups into the token", Rules: too}
	}
	return []Symptom{
		{Slug: "bearer-lost", Steps: exchange, Status: []int{401}, Seen: "No bearer token found",
			Sight: "401 \"No bearer token found in the request\" although one was sent",
			Cause: "the Authorization header did not arrive, or not as Bearer: a proxy in front of httpd takes it away or puts another in its place",
			Mend:  "let the proxy pass the header on: no `http-request del-header Authorization` (haproxy), no `proxy_set_header Authorization` (nginx), no `RequestHeader unset Authorization` (httpd)", Rules: []string{"token-header-not-taken"}},
		large("400 \"Size of a request header field exceeds server limit\"", []int{400, 431}, "header field exceeds"),
		large("400 \"Request Header Or Cookie Too Large\"", []int{400, 431}, "header or cookie too large"),
		large("431", []int{431}, ""),
		large("400, and the token is large", []int{400}, "", LargeToken),
	}
}

// tokenSymptoms: faults of the token itself, found by its check.
func tokenSymptoms() []Symptom {
	return []Symptom{
		token("token-opaque", Opaque, "the token is no JWT: {form}", "{mend-form}"),
		token("token-algorithm", OddAlg, "httpd takes no token of the algorithm {alg}, which a secret that others have can make too", "{mend-alg}"),
		token("token-header-odd", OddHeader, "httpd takes no token with such a header: {header}", "{mend-header}"),
		token("token-of-another-issuer", OtherIssuer, "the token is of another issuer: iss is {iss}; expected {issuer}", "{mend-iss}"),
		token("token-expired", Expired, "the token has expired: exp {exp}", "{mend-exp}"),
		token("token-too-early", TooEarly, "the token does not hold yet: {problems}", "set the clocks of the provider and of the controllers (chronyc tracking), then take a fresh token"),
		token("token-unsigned", Unsigned, "the token's signature does not hold with the keys of {issuer}: {signature}", "{mend-signature}"),
		token("token-audience", OtherAud, "the token is not for this cloud: aud is {aud}; expected {audience}", "{mend-aud}"),
		token("token-client", OtherClient, "the token was issued to another client: {client}; expected one of {clients}", "{mend-client}"),
		token("token-kind", OtherKind, "the token is of another kind: typ {typ}", "{mend-typ}"),
	}
}

// token is a fault of the token itself.
func token(slug string, known Fact, cause, mend string) Symptom {
	return Symptom{Slug: slug, Steps: judging, Known: []Fact{known}, Sight: string(known), Cause: cause, Mend: mend}
}

// verifierSymptoms: the token is sound, and is refused.
func verifierSymptoms() []Symptom {
	by := keystone.ByOpenIDC
	refused := func(slug string, status []int, by keystone.AnsweredBy, seen, sight, cause, mend string, rules ...string) Symptom {
		return Symptom{Slug: slug, Steps: exchange, Status: status, By: by, Seen: seen, Sight: sight, Cause: cause, Mend: mend, Rules: rules}
	}
	slowly := refused("introspection-unreachable", []int{401}, by, "could not be introspected", "401 \"could not be introspected\" after four seconds or more",
		"httpd waited in vain for the provider's introspection endpoint", "from the controller: curl -v the URL of OIDCOAuthIntrospectionEndpoint; open the firewall, or name the proxy: OIDCOutgoingProxy")
	slowly.Known = []Fact{SlowAnswer}
	keysSlow := refused("keys-unreachable", []int{401}, by, "could not be validated", "401 \"JWT token could not be validated\" after four seconds or more",
		"httpd waited in vain for the keys of {issuer}", "from the controller: curl -v the issuer's jwks_uri; open the firewall, or name the proxy: OIDCOutgoingProxy")
	keysSlow.Known = []Fact{SlowAnswer}
	return []Symptom{
		slowly, keysSlow,
		refused("introspection-failed", []int{401}, by, "could not be introspected", "401 \"Reference token could not be introspected\"",
			"httpd's introspection of the token failed: the provider says inactive, or refuses httpd's client, or httpd does not trust its certificate",
			"compare OIDCOAuthIntrospectionEndpoint, OIDCOAuthClientID and OIDCOAuthClientSecret with the provider; the introspecting client must be in the token's aud (Keycloak 26.6.2 and later); or verify JWTs by keys: `OIDCOAuthVerifyJwksUri`",
			"introspection-client-missing", "introspection-by-get", "introspection-at-userinfo"),
		refused("scope-refused", []int{401, 403}, "", "insufficient_scope", "401 or 403 with insufficient_scope", "httpd verified the token, but a `Require claim` line of {path} refuses it", require, "issuer-not-known"),
		refused("oauth2-refused", []int{401}, keystone.ByOAuth2, "", "401 \"Token could not be verified.\"",
			"mod_oauth2 could not verify the token, which the issuer's own keys verify: it has other keys or another issuer, cannot fetch the keys, or is told of none (AuthType auth-openidc is its own, too, where it is loaded)",
			"in <Location {path}>: OAuth2TokenVerify jwks_uri JWKS-URI-OF-THE-ISSUER jwks_uri.ssl_verify=true&verify.iss=required; the reason stands in httpd's error log", "oauth2-keys-of-several-issuers", "oauth2-issuer-refuses-all", "oauth2-module-takes-the-token"),
		refused("keys-at-httpd", []int{401}, by, "", "401 \"JWT token could not be validated\" for a token that is sound",
			"httpd could not verify the token, which the issuer's own keys verify: it has other keys, is told of none, or cannot fetch them", verify, "keys-of-another-issuer", "bearer-without-verification", "keys-are-static", "verification-address-malformed"),
	}
}
