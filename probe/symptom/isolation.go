package symptom

import "github.com/fedstone/fedstone/internal/keystone"

// isolation is the step name of the matrix's cells.
const isolation = "isolation"

// What a cell of the isolation matrix is asked with, where no check of the token says it.
const (
	FromCache     Fact = "the token was refused here, and was let in after its use at its own path"
	SoundElse     Fact = "every check of the token passed, but the description says that it must be refused"
	IDToken       Fact = "an ID token, where access tokens are taken"
	AccessToken   Fact = "an access token, where ID tokens are taken"
	AlgNone       Fact = "a forged token whose header says alg none"
	StrangeKey    Fact = "a forged token, signed by a key that the issuer does not have"
	KeyInHeader   Fact = "a forged token that brings its own key in its header"
	PublicSecret  Fact = "a forged token, signed by HS256 with what everybody knows for a secret"
	ChangedClaims Fact = "a token whose claims were changed under the old signature"
	NoSignature   Fact = "a token whose signature was taken away, cut or emptied"
	NoToken       Fact = "what only looks like a token"
	ForgedHeaders Fact = "no token, but headers that look like httpd's claims"
	ForgedIssuer  Fact = "no token, but an issuer in a header"
)

const (
	watchExp  = "let nothing in at {door} without exp: `verify.exp=required` (mod_oauth2; before liboauth2 2.3.0 its cache also outlives exp: set a shorter `expiry`), `OIDCOAuthTokenExpiryClaim exp absolute mandatory` where tokens are introspected"
	watchNbf  = "mod_auth_openidc never looks at nbf, and mod_oauth2 only from liboauth2 2.3.0 on (`verify.nbf=required`): have the issuer give out no token before its time, or take mod_oauth2 there"
	letIn     = "CRITICAL: let in at {door}, and the Keystone token was revoked at once: "
	guard     = "<Location {door}> needs AuthType and, in <RequireAll>, `Require claim iss:{issuer}`, `Require claim aud:{audience}` and the client's claim (`fedstone render` writes it)"
	verifying = "verify at {door} by the keys of {issuer} alone: `OIDCOAuthVerifyJwksUri` (mod_auth_openidc) or `OAuth2TokenVerify jwks_uri` (mod_oauth2); no OIDCOAuthVerifySharedKeys, and no verifier of one's own (`fedstone render` writes it)"
	patched   = "update the module that verifies at {door}: it takes what RFC 8725 section 3 forbids; until then close the path"
)

// isolationSymptoms: what was let in that must be refused, and what only Keystone refused.
func isolationSymptoms() []Symptom {
	return append(append(wrongTokens(), forgedTokens()...), forgedRequests()...)
}

// wrongTokens: an issuer has made them, for somebody or something else.
func wrongTokens() []Symptom {
	return []Symptom{
		taken("let-in-from-cache", FromCache, "the verdict on a token at another path is remembered, and is not kept apart by issuer",
			"give each issuer a cache of its own: `OAuth2Cache` with a name for each (mod_oauth2), a vhost with its own OIDCCacheDir or prefix (mod_auth_openidc); `fedstone render` does it",
			"verdicts-shared-between-vhosts", "oauth2-cache-shared"),
		taken("let-in-other-issuer", OtherIssuer, "the path takes tokens of another issuer", guard,
			"issuer-not-required", "oauth2-issuer-not-required", "keys-of-several-issuers", "one-key-set-for-several-issuers", "issuer-check-void", "claim-check-void"),
		taken("let-in-expired", Expired, "the path takes tokens that have expired", watchExp, "token-expiry-optional"),
		taken("let-in-too-early", TooEarly, "the path takes tokens that do not hold yet: nobody looks at nbf", watchNbf),
		taken("let-in-other-audience", OtherAud, "the path takes tokens that were issued for another service", guard,
			"audience-not-required", "audience-of-every-client", "oauth2-audience-not-required", "claim-check-void"),
		taken("let-in-foreign-client", OtherClient, "the path takes tokens that the issuer gave to another client", guard,
			"audience-not-required", "audience-of-every-client", "oauth2-audience-not-required", "claim-check-void", "authtype-without-require"),
		taken("let-in-id-token", IDToken, "the path takes ID tokens, which say who logged in at a client and are no key to anything", guard,
			"audience-not-required", "audience-of-every-client"),
		taken("let-in-access-token", AccessToken, "the path takes access tokens, though `bearer: {token: id}` asks for ID tokens", guard, "audience-not-required"),
		taken("let-in-other-kind", OtherKind, "the path takes tokens that are made for something else", patched),
		taken("let-in-sound-token", SoundElse, "the token is sound: a signed token holds until its exp, whatever has become of its user meanwhile. httpd verifies it without asking the issuer, and Keystone asks nobody",
			"let the issuer's access tokens live five minutes at most, or have httpd introspect them (OIDCOAuthIntrospectionEndpoint). Disabling the user in Keystone ends the tokens that are there, and stops no later login: take its roles, or the group that gives them"),
	}
}

// forgedTokens: no issuer has made them.
func forgedTokens() []Symptom {
	loose := []string{"bearer-without-verification", "verification-set-twice"}
	return []Symptom{
		taken("let-in-alg-none", AlgNone, "the path takes tokens that nobody has signed", patched, loose...),
		taken("let-in-strange-key", StrangeKey, "the path takes a signature by any key at all", verifying, loose...),
		taken("let-in-key-in-header", KeyInHeader, "the path verifies by the key that the token itself brings", patched, loose...),
		taken("let-in-public-secret", PublicSecret, "the path takes the issuer's public key, or nothing, for a shared secret", verifying, "shared-key-short"),
		taken("let-in-changed-claims", ChangedClaims, "the path does not hold the signature against the claims", verifying, loose...),
		taken("let-in-no-signature", NoSignature, "the path takes tokens without a whole signature", verifying, loose...),
		taken("let-in-no-token", NoToken, "the path takes what is no token at all", verifying, loose...),
	}
}

// forgedRequests: no token at all.
func forgedRequests() []Symptom {
	by := keystone.ByItself
	return []Symptom{
		taken("let-in-forged-headers", ForgedHeaders, "Keystone believes claims that a client writes into headers",
			"close the path: <Location {door}> with AuthType and `Require claim iss:{issuer}`, and `RequestHeader unset OIDC-iss early` for each claim (`fedstone render` writes it)",
			"federation-path-unprotected", "claims-forgeable", "header-unset-not-early", "header-unset-in-location"),
		taken("let-in-forged-issuer", ForgedIssuer, "Keystone believes an issuer that a client writes into a header", ownNames, "claims-forgeable", "header-unset-not-early"),
		{Slug: "forged-issuer-read", Steps: isolation, Status: []int{403}, By: by, Known: []Fact{ForgedIssuer},
			Sight: "403 JSON of Keystone for a request with an issuer in a header",
			Cause: "Keystone has read an issuer that the client forged in a header", Mend: ownNames,
			Rules: []string{"claims-forgeable", "header-unset-not-early", "header-unset-in-location"}},
		{Slug: "keystone-only", Steps: isolation, By: by,
			Sight: "an answer of Keystone where httpd has to refuse",
			Cause: "httpd let it pass, and Keystone answered {status}: only the mapping stands between this and a token", Mend: guard, // or that of what would be let in
			Rules: []string{"issuer-not-required", "audience-not-required", "federation-path-unprotected", "authtype-without-require", "unauthenticated-pass"}},
	}
}

const ownNames = "use environment names (OIDC-iss) in remote_id_attribute and in the rules, OIDCPassClaimsAs environment, and `RequestHeader unset OIDC-iss early`"

// unproven: what no other symptom explains; it stands at the table's end.
func unproven() []Symptom {
	return []Symptom{{Slug: "isolation-unproven", Steps: isolation,
		Sight: "an answer that neither lets in nor refuses",
		Cause: "{status} of {by} proves nothing about {door}", Mend: "see the steps of {idp}, and mend those first"}}
}

// taken is something that was let in where it had to be refused.
func taken(slug string, known Fact, cause, mend string, rules ...string) Symptom {
	return Symptom{Slug: slug, Steps: isolation, Status: []int{200, 201, 202, 203, 204}, By: keystone.ByItself, Known: []Fact{known},
		Sight: "let in: " + string(known), Cause: letIn + cause, Mend: mend, Rules: rules}
}

// FactOf gives what a failed check of a token (oidc.CheckToken) stands for where
// such a token was let in; "" for a check that it does not know.
func FactOf(check string) Fact {
	return map[string]Fact{
		"form": NoToken, "alg": StrangeKey, "signature": StrangeKey, "iss": OtherIssuer, "exp": Expired, "nbf": TooEarly,
		"iat": TooEarly, "aud": OtherAud, "client": OtherClient, "header": OtherKind, "typ": OtherKind,
	}[check]
}
