package templates

import (
	"regexp"
	"strings"
)

// claimIs gives the rest of `Require claim NAME…` for a claim that is value, and
// for an array that holds it. mod_auth_openidc's comparison of values passes over
// blanks, so that `azp:cli` holds for a client `c li` as well, and it cuts the
// line at the first colon or tilde at which a claim of the token has the name
// before it (oidc_authz_match_value and oidc_authz_match_claim in src/authz.c): so
// every value is written as a pattern that has neither character. Its end is \z,
// because $ also stands before the end of a last line.
func claimIs(value string) string {
	return "~^" + escaped.Replace(regexp.QuoteMeta(value)) + `\z`
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
