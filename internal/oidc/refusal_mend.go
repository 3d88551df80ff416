package oidc

import "strings"

// mend says what to change for an error code of RFC 6749 section 5.2 (the token
// endpoint), section 4.1.2.1 (the browser's answer) and RFC 8628 section 3.5.
func (r refusal) mend() string {
	code := r.meaning()
	if code == "invalid_grant" {
		return invalidGrantMend(r.grant)
	}
	return map[string]string{
		"invalid_request":           "the provider asks for a parameter or a form that we do not send: its log says which",
		"invalid_client":            "check `probe: {client: {…}}` against the client at the provider: the id, the secret or key, and how the client has to authenticate",
		"unauthorized_client":       "allow this grant for the client at the provider (Keycloak: " + keycloakSwitch(r.grant) + ")",
		"unsupported_grant_type":    "choose another `probe: {grant: …}`; the discovery document lists grant_types_supported",
		"unsupported_response_type": "allow the authorization code flow for the client at the provider (Keycloak: standard flow)",
		"invalid_scope":             "take the scope out of `probe: {scopes: […]}`, or allow it for the client",
		"access_denied":             "the person, or a rule of the provider, said no: log in as somebody who may use this client",
		"expired_token":             "nobody agreed in time: start again, and enter the code before it expires",
		"server_error":              "the provider failed: its log says why",
		"temporarily_unavailable":   "the provider is overloaded or in maintenance: try again later",
	}[code]
}

// meaning is the code that RFC 6749 section 5.2 has for what was said. Keycloak
// (26.4) answers a wrong secret or key with unauthorized_client, as it does a
// grant that the client may not use; oidc-provider (8.8) answers the latter with
// invalid_request. Their descriptions alone tell.
func (r refusal) meaning() string {
	text := strings.ToLower(r.description)
	switch {
	case r.code == "unauthorized_client" && strings.HasPrefix(text, "invalid client"):
		return "invalid_client"
	case r.code == "invalid_request" && strings.Contains(text, "grant type is not allowed"):
		return "unauthorized_client"
	default:
		return r.code
	}
}

func invalidGrantMend(grant string) string {
	return map[string]string{
		grantPassword: "check the user name and password, and that the account has nothing left to do (a new password, a profile to complete)",
		grantRefresh:  "the refresh token has expired, was used before (the provider rotates them), belongs to another client, or its session was ended: log in again",
		grantDevice:   "the device code has expired or was used before: start again",
		grantCode:     "the code has expired, was used before, or the redirect URI differs: start again",
	}[grant]
}

// keycloakSwitch names the client's switch in Keycloak's console.
func keycloakSwitch(grant string) string {
	return map[string]string{
		grantClient:   "service accounts roles",
		grantPassword: "direct access grants",
		grantDevice:   "OAuth 2.0 device authorization grant",
		grantCode:     "standard flow",
		grantRefresh:  "use refresh tokens",
	}[grant]
}
