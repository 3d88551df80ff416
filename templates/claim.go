package templates

import "strings"

// claimIs gives the rest of `Require claim NAME…` for a claim that is value, and
// for an array that holds it. mod_auth_openidc cuts the line at the first colon
// or tilde at which a claim of the token has the name before it
// (oidc_authz_match_claim in src/authz.c): `iss:https://…` also holds for a claim
// `iss:https` that is `//…`. Values with either character are therefore written
// as a pattern that has none; and no backslash, which httpd's expressions, through
// which the module reads the line, would take away.
func claimIs(value string) string {
	if !strings.ContainsAny(value, `:~\`) {
		return ":" + value
	}
	return "~^" + literally.Replace(value) + "$"
}

func claimsAre(values []string) []string {
	out := make([]string, 0, len(values))
	for _, v := range values {
		out = append(out, claimIs(v))
	}
	return out
}

// literally gives patterns for the characters that do not stand for themselves,
// without a colon, a tilde or a backslash. Only the tilde's is wider: it takes
// control characters and what is not ASCII, of which no issuer is made.
var literally = strings.NewReplacer(
	":", "(?![9;])[9-;]", "~", "[^ -}]", `\`, "(?![][^])[[-^]", "^", "(?![]_])[]-_]",
	".", "[.]", "+", "[+]", "*", "[*]", "?", "[?]", "(", "[(]", ")", "[)]", "|", "[|]",
	"[", "[[]", "]", "[]]", "{", "[{]", "}", "[}]", "$", "[$]",
)
