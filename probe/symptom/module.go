package symptom

import "github.com/fedstone/fedstone/internal/keystone"

const (
	judging = "token-check exchange"
	verify  = "httpd must verify by the keys of {issuer}: OIDCOAuthVerifyJwksUri of its vhost, and OIDCCABundlePath with the issuer's CA; the reason stands in httpd's error log"
	require = "the token needs iss {issuer}, {audience} in aud and one of {clients} as its client; correct `bearer:` of identity_providers.{idp} or the provider's mappers"
)

// moduleSymptoms: mod_auth_openidc as a resource server, and mod_oauth2.
func moduleSymptoms() []Symptom {
	return []Symptom{
		{Slug: "bearer-lost", Steps: exchange, Status: []int{401}, Seen: "No bearer token found",
			Sight: "401 \"No bearer token found in the request\" although one was sent",
			Cause: "the Authorization header did not arrive, or not as Bearer: a proxy in front of httpd takes it away",
			Mend:  "let the proxy in front of {keystone} pass the Authorization header on", Rules: []string{"token-header-not-taken"}},
		token("token-opaque", Opaque, "the token is no JWT: {form}", "{mend-form}"),
		token("token-header-odd", OddHeader, "httpd takes no token with such a header: {header}", "{mend-header}"),
		token("token-of-another-issuer", OtherIssuer, "the token is of another issuer: iss is {iss}; expected {issuer}", "{mend-iss}"),
		token("token-expired", Expired, "the token has expired: exp {exp}", "{mend-exp}"),
		token("token-too-early", TooEarly, "the token does not hold yet: {problems}", "set the clocks of the provider and of the controllers (chrony), then take a fresh token"),
		token("token-unsigned", Unsigned, "the token's signature does not hold with the keys of {issuer}: {signature}", "{mend-signature}"),
		token("token-audience", OtherAud, "the token is not for this cloud: aud is {aud}; expected {audience}", "{mend-aud}"),
		token("token-client", OtherClient, "the token was issued to another client: {client}; expected one of {clients}", "{mend-client}"),
		token("token-kind", OtherKind, "the token is of another kind: typ {typ}", "{mend-typ}"),
		{Slug: "introspection-failed", Steps: exchange, Status: []int{401}, Seen: "could not be introspected",
			Sight: "401 \"Reference token could not be introspected\"",
			Cause: "httpd's introspection of the token failed: the provider says inactive, or refuses httpd's client, or httpd does not trust its certificate",
			Mend:  "check OIDCOAuthIntrospectionEndpoint, OIDCOAuthClientID and OIDCOAuthClientSecret; the introspecting client must be in the token's aud (Keycloak 26.6.2 and later)"},
		{Slug: "scope-refused", Steps: exchange, Seen: "insufficient_scope",
			Sight: "401 or 403 with insufficient_scope",
			Cause: "httpd verified the token, but a `Require claim` line of {path} refuses it", Mend: require},
		{Slug: "oauth2-refused", Steps: exchange, Status: []int{401}, By: keystone.ByOAuth2,
			Sight: "401 \"Token could not be verified.\"",
			Cause: "mod_oauth2 could not verify the token, which the issuer's own keys verify: its keys are others",
			Mend:  "compare OAuth2TokenVerify of <Location {path}> with the keys of {issuer}; the reason stands in httpd's error log"},
		{Slug: "keys-at-httpd", Steps: exchange, Status: []int{401}, By: keystone.ByOpenIDC,
			Sight: "401 \"JWT token could not be validated\" for a token that is sound",
			Cause: "httpd could not verify the token, which the issuer's own keys verify: it has other keys, or cannot fetch them", Mend: verify},
	}
}

// token is a fault of the token itself, found by its check or by httpd.
func token(slug string, known Fact, cause, mend string) Symptom {
	return Symptom{Slug: slug, Steps: judging, Known: []Fact{known}, Sight: string(known), Cause: cause, Mend: mend}
}
