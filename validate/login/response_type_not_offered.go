package login

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func responseTypeNotOffered(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "response-type-not-offered",
		Severity: finding.Warning,
		Title:    "the issuer does not offer the response type that is asked for",
		Why:      "An issuer lists in `response_types_supported` what it answers. To any other response type it says `unsupported_response_type`, and the user sees an error page before any login form.",
		Mend:     "Ask for `code`, which nearly all issuers offer: remove OIDCResponseType, or write `\"response_type\": \"code\"` into the issuer's `.conf`.",
		Source:   "OpenID Connect Discovery 1.0 section 3; RFC 6749 section 4.1.2.1",
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				for _, s := range settings(v, "OIDCResponseType", "oidcresponsetype", "response_type") {
					for _, e := range s.providers() {
						types, at := offers(e, "response_types_supported")
						if len(types) == 0 || slices.ContainsFunc(types, func(t string) bool { return sameWords(t, s.Value) }) || !s.countsAt(e) {
							continue
						}
						s.report(p, finding.Finding{
							Message: fmt.Sprintf("response type %q is asked for, but %s offers %s only", s.Value, e.Issuer, strings.Join(types, ", ")),
							Hint:    s.line("code"),
							Related: []finding.Related{{Message: "what the issuer offers", At: at.At}},
						}, v.Vhost)
						break
					}
				}
			}
		},
	}
}

// sameWords compares response types, whose words have no order.
func sameWords(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}
