package symptom

import "github.com/fedstone/fedstone/internal/oidc"

// issuerSymptoms: the issuer answers, and not as it has to. What is in its answer
// and the mend come from package oidc, which knows the very field.
func issuerSymptoms() []Symptom {
	return []Symptom{
		said("issuer-url-malformed", oidc.BadURL, "", "`issuer:` is no URL"),
		said("issuer-not-https", oidc.NotHTTPS, "", "an address of the issuer is not https"),
		said("issuer-redirects", oidc.Redirect, "", "the issuer redirects"),
		said("issuer-answers-otherwise", oidc.Status, "", "the issuer answers with another status"),
		said("issuer-document-odd", oidc.Malformed, "", "a field of the issuer's answer is not as its format says"),
		said("issuer-not-json", oidc.NotJSON, "", "the issuer's answer is no JSON"),
		said("issuer-answer-too-large", oidc.TooLarge, "", "the issuer's answer is too large"),
		said("issuer-differs", oidc.IssuerMismatch, "", "the discovery document names another issuer"),
		said("private-key-published", oidc.PrivateKey, "", "the issuer publishes a private key"),
		said("grant-unoffered", oidc.GrantUnoffered, "", "the issuer's document does not list the grant"),
		said("client-unknown-to-issuer", oidc.GrantRefused, "invalid_client", "the issuer refuses the client's id or secret"),
		said("client-unknown-to-issuer", oidc.GrantRefused, "unauthorized_client Invalid client", "Keycloak (26.4) refuses the client's id or secret, in words of its own"),
		said("grant-not-allowed", oidc.GrantRefused, "unauthorized_client", "the issuer does not allow this client the grant"),
		said("login-refused", oidc.GrantRefused, "invalid_grant", "the issuer refuses user, password, code or refresh token"),
		said("scope-unknown", oidc.GrantRefused, "invalid_scope", "the issuer does not know a scope"),
		said("grant-unsupported", oidc.GrantRefused, "unsupported_grant_type", "the issuer does not know the grant"),
		said("person-declined", oidc.GrantRefused, "access_denied", "the person, or a policy of the issuer, says no"),
		said("device-code-expired", oidc.GrantRefused, "expired_token", "nobody has agreed in time"),
		said("grant-refused", oidc.GrantRefused, "", "the issuer refuses the login"),
		said("token-file-unreadable", oidc.BadFile, "", "a file with a token or key cannot be used"),
	}
}

func said(slug string, kind oidc.Kind, seen, sight string) Symptom {
	return Symptom{Slug: slug, Fault: kind, Seen: seen, Sight: sight, Cause: "{at}: {got}", Mend: "{fault-mend}"}
}
