package platform

// ConfKind is what the module reads a member of a .conf file as. The zero ConfKind
// is invalid.
type ConfKind int

// The kinds. A flag is true or false, as such, as a number or as a word.
const (
	InvalidConf ConfKind = iota
	ConfText
	ConfNumber
	ConfFlag
	ConfList
	ConfRecord
)

// ConfKey is a member that the module reads in a .conf file. Since and Until are
// the first version that reads it and the last one; "" where all do.
type ConfKey struct {
	Kind         ConfKind
	Since, Until string
}

// In reports whether that version of the module reads the member. What it does
// not read it passes over without a word.
func (k ConfKey) In(version string) bool {
	return (k.Since == "" || CompareVersions(version, k.Since) >= 0) && (k.Until == "" || CompareVersions(version, k.Until) <= 0)
}

// ConfKeys are the members of .conf files (src/metadata.c, oidc_metadata_conf_parse;
// from 2.4.16 on src/metadata/conf.c).
func ConfKeys() map[string]ConfKey {
	return map[string]ConfKey{
		"auth_request_method": {Kind: ConfText}, "auth_request_params": {Kind: ConfText}, "client_contact": {Kind: ConfText}, "client_jwks_uri": {Kind: ConfText},
		"client_name": {Kind: ConfText}, "id_token_encrypted_response_alg": {Kind: ConfText}, "id_token_encrypted_response_enc": {Kind: ConfText},
		"id_token_signed_response_alg": {Kind: ConfText}, "idtoken_iat_slack": {Kind: ConfNumber}, "jwks_refresh_interval": {Kind: ConfNumber}, "keys": {Kind: ConfList},
		"pkce_method": {Kind: ConfText}, "registration_endpoint_json": {Kind: ConfText}, "registration_token": {Kind: ConfText}, "request_object": {Kind: ConfText},
		"response_mode": {Kind: ConfText}, "response_type": {Kind: ConfText}, "scope": {Kind: ConfText}, "session_max_duration": {Kind: ConfNumber},
		"ssl_validate_server": {Kind: ConfFlag}, "token_endpoint_auth": {Kind: ConfText}, "token_endpoint_params": {Kind: ConfText},
		"token_endpoint_tls_client_cert": {Kind: ConfText}, "token_endpoint_tls_client_key": {Kind: ConfText}, "userinfo_encrypted_response_alg": {Kind: ConfText},
		"userinfo_encrypted_response_enc": {Kind: ConfText}, "userinfo_refresh_interval": {Kind: ConfNumber}, "userinfo_signed_response_alg": {Kind: ConfText},
		"userinfo_token_method": {Kind: ConfText}, "validate_issuer": {Kind: ConfFlag, Since: "2.4.3"},
		"token_endpoint_tls_client_key_pwd": {Kind: ConfText, Since: "2.4.8.1"},
		"signed_jwks_uri_key":               {Kind: ConfRecord, Since: "2.4.13"},
		"logout_request_params":             {Kind: ConfText, Since: "2.4.14.3"},
		"dpop_mode":                         {Kind: ConfText, Since: "2.4.16"},
		"response_require_iss":              {Kind: ConfFlag, Since: "2.4.16"},
		"id_token_aud_values":               {Kind: ConfList, Since: "2.4.16.5"},
		"profile":                           {Kind: ConfText, Since: "2.4.16.7"},
		"cert_bound_tokens":                 {Kind: ConfText, Since: "2.4.20"},
		"token_binding_policy":              {Kind: ConfText, Until: "2.4.14.4"},
		"issuer_specific_redirect_uri":      {Kind: ConfNumber, Until: "2.4.15.7"},
	}
}
