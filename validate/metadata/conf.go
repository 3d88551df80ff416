package metadata

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// kind is what the module reads a member of a .conf file as.
type kind int

const (
	text kind = iota + 1
	number
	flag // true or false, as such, as a number or as a word
	list
	record
)

// confKey is a member that the module reads in a .conf file. since and until are the
// first version that reads it and the last one; "" where all do.
type confKey struct {
	kind         kind
	since, until string
}

// confKeys are the members of .conf files (src/metadata.c, oidc_metadata_conf_parse;
// from 2.4.16 on src/metadata/conf.c).
func confKeys() map[string]confKey {
	return map[string]confKey{
		"auth_request_method": {kind: text}, "auth_request_params": {kind: text}, "client_contact": {kind: text}, "client_jwks_uri": {kind: text},
		"client_name": {kind: text}, "id_token_encrypted_response_alg": {kind: text}, "id_token_encrypted_response_enc": {kind: text},
		"id_token_signed_response_alg": {kind: text}, "idtoken_iat_slack": {kind: number}, "jwks_refresh_interval": {kind: number}, "keys": {kind: list},
		"pkce_method": {kind: text}, "registration_endpoint_json": {kind: text}, "registration_token": {kind: text}, "request_object": {kind: text},
		"response_mode": {kind: text}, "response_type": {kind: text}, "scope": {kind: text}, "session_max_duration": {kind: number},
		"ssl_validate_server": {kind: flag}, "token_endpoint_auth": {kind: text}, "token_endpoint_params": {kind: text},
		"token_endpoint_tls_client_cert": {kind: text}, "token_endpoint_tls_client_key": {kind: text}, "userinfo_encrypted_response_alg": {kind: text},
		"userinfo_encrypted_response_enc": {kind: text}, "userinfo_refresh_interval": {kind: number}, "userinfo_signed_response_alg": {kind: text},
		"userinfo_token_method": {kind: text}, "validate_issuer": {kind: flag, since: "2.4.3"},
		"token_endpoint_tls_client_key_pwd": {kind: text, since: "2.4.8.1"},
		"signed_jwks_uri_key":               {kind: record, since: "2.4.13"},
		"logout_request_params":             {kind: text, since: "2.4.14.3"},
		"dpop_mode":                         {kind: text, since: "2.4.16"},
		"response_require_iss":              {kind: flag, since: "2.4.16"},
		"id_token_aud_values":               {kind: list, since: "2.4.16.5"},
		"profile":                           {kind: text, since: "2.4.16.7"},
		"cert_bound_tokens":                 {kind: text, since: "2.4.20"},
		"token_binding_policy":              {kind: text, until: "2.4.14.4"},
		"issuer_specific_redirect_uri":      {kind: number, until: "2.4.15.7"},
	}
}

// confWords are the values that members with a choice have.
func confWords() map[string][]string {
	return map[string][]string{
		"response_type":         {"code", "id_token", "id_token token", "code id_token", "code token", "code id_token token"},
		"response_mode":         {"query", "fragment", "form_post"},
		"token_endpoint_auth":   {"client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "bearer_access_token", "none", "tls_client_auth", "self_signed_tls_client_auth"},
		"pkce_method":           {"S256", "plain", "none", "referred_tb"},
		"userinfo_token_method": {"authz_header", "post_param"},
		"auth_request_method":   {"GET", "POST", "PAR"},
	}
}

// read reports whether the module reads a value as a member's kind.
func (k confKey) read(n *engine.Node) bool {
	switch v := n.Value.(type) {
	case string:
		_, ok := word(v)
		return k.kind == text || k.kind == flag && ok
	case bool:
		return k.kind == flag
	case json.Number:
		_, err := v.Int64()
		return err == nil && (k.kind == number || k.kind == flag)
	case []*engine.Node:
		return k.kind == list
	case []engine.Member:
		return k.kind == record
	case nil:
		return true
	}
	return false
}

// word gives what the module reads a flag's text as (src/parse.c, oidc_parse_boolean).
func word(text string) (on, ok bool) {
	switch strings.ToLower(text) {
	case "true", "on", "yes", "1":
		return true, true
	case "false", "off", "no", "0":
		return false, true
	}
	return false, false
}

// expected names a kind for people.
func (k kind) expected() string {
	return []string{"", "a text", "a whole number without quotes", "true or false", "a list", "an object"}[k]
}

// names gives the keys of a map, sorted.
func names[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
