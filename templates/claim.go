package templates

import (
	"regexp"
	"strings"
)

// claimIs gives the rest of `Require claim NAME…` for a claim that is value, and
// for an array that holds it. mod_auth_openidc cuts the line at the first colon
// or tilde at which a claim of the token has the name before it
// (oidc_authz_match_claim in src/authz.c): `iss:https://…` also holds for a claim
// `iss:https` that is `//…`. Values with either character are therefore written
// as a pattern that has none.
func claimIs(value string) string {
	if !strings.ContainsAny(value, ":~") {
		return ":" + value
	}
	return "~^" + escaped.Replace(regexp.QuoteMeta(value)) + "$"
}

func claimsAre(values []string) []string {
	out := make([]string, 0, len(values))
	for _, v := range values {
		out = append(out, claimIs(v))
	}
	return out
}

// escaped writes what ends a claim's name by its number; and the backslash, since
// two of them do not arrive as two.
var escaped = strings.NewReplacer(":", `\x3A`, "~", `\x7E`, `\\`, `\x5C`)
