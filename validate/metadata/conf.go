package metadata

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
)

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

// reads reports whether the module reads a value as a member's kind.
func reads(kind platform.ConfKind, n *engine.Node) bool {
	switch v := n.Value.(type) {
	case string:
		_, ok := word(v)
		return kind == platform.ConfText || kind == platform.ConfFlag && ok
	case bool:
		return kind == platform.ConfFlag
	case json.Number:
		_, err := v.Int64()
		return err == nil && (kind == platform.ConfNumber || kind == platform.ConfFlag)
	case []*engine.Node:
		return kind == platform.ConfList
	case []engine.Member:
		return kind == platform.ConfRecord
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
func expected(kind platform.ConfKind) string {
	return []string{"", "a text", "a whole number without quotes", "true or false", "a list", "an object"}[kind]
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
