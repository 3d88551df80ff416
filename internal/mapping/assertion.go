package mapping

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Assertion is what Keystone sees of a login: environment variables, each split
// at ";". A variable that is absent has no entry; an empty one has [""].
type Assertion map[string][]string

// FromClaims gives the assertion that mod_auth_openidc makes of claims, with the
// prefix OIDC-, the delimiter ";" and OIDCPassClaimsAs environment
// (oidc_util_set_app_infos): lists are joined, true is "1", objects are JSON.
func FromClaims(claims map[string]any) Assertion {
	a := Assertion{}
	for name, value := range claims {
		if text, ok := claimText(value); ok {
			a[Prefix+name] = strings.Split(text, ";")
		}
	}
	return a
}

func claimText(value any) (string, bool) {
	switch v := value.(type) {
	case nil:
		return "", false
	case string:
		return v, true
	case bool:
		return map[bool]string{true: "1", false: "0"}[v], true
	case []any:
		return joined(v), true
	case map[string]any:
		text, err := json.Marshal(v)
		return string(text), err == nil
	default:
		return fmt.Sprint(v), true
	}
}

func joined(list []any) string {
	var parts []string
	for _, item := range list {
		if text, ok := claimText(item); ok {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, ";")
}
