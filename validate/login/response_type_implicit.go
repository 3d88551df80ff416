package login

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func responseTypeImplicit(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "response-type-implicit",
		Severity: finding.Warning,
		Title:    "tokens come in the browser's address",
		Why: "Response types other than `code` have the issuer send tokens through the browser, in the fragment of an address, where histories and scripts see them. Issuers switch them off by and by " +
			"(Keycloak per client, Entra ID per application) and then answer `unsupported_response_type`. With `id_token` alone the module cannot ask for the user's claims either, so that what is not in the token is missing. " +
			"Older guides of Keystone set `id_token`.",
		Mend:   "Remove the line; `code` is the default. Allow the code flow for the client at the issuer.",
		Source: "RFC 9700 section 2.1.2; OpenID Connect Core 3.2; mod_auth_openidc, OIDCResponseType",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				for _, s := range settings(v, "OIDCResponseType", "oidcresponsetype", "response_type") {
					words := strings.Fields(s.Value)
					if len(words) == 0 || len(words) == 1 && words[0] == "code" || !frontToken(words) {
						continue
					}
					s.report(p, finding.Finding{
						Message: fmt.Sprintf("response type %q has the issuer send tokens through the browser's address; many refuse it", s.Value),
						Hint:    s.line("code"),
					}, v.Vhost)
				}
			}
		},
	}
}

// frontToken reports whether a response type brings a token without a code, or an
// access token beside it.
func frontToken(words []string) bool {
	code := false
	for _, w := range words {
		if w == "token" {
			return true
		}
		code = code || w == "code"
	}
	return !code
}
