package login

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func pkceMethodNotOffered(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "pkce-method-not-offered",
		Severity: finding.Warning,
		Title:    "the issuer does not offer the PKCE method that is asked for",
		Why:      "An issuer lists in `code_challenge_methods_supported` which proofs it takes. One that knows PKCE but not the method refuses the login with `invalid_request`, before any login form.",
		Mend:     "Ask for a method of the list, for this issuer alone: `\"pkce_method\"` in its `.conf`. Where S256 is not in the list, the issuer should learn it.",
		Source:   "RFC 8414 section 2; RFC 7636 section 4.4.1",
		After:    []string{"pkce-off", "conf-value-unknown"},
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				for _, s := range settings(v, "OIDCPKCEMethod", "oidcpkcemethod", "pkce_method") {
					for _, e := range s.providers() {
						methods, at := offers(e, "code_challenge_methods_supported")
						if len(methods) == 0 || s.Value == "none" || slices.Contains(methods, s.Value) || !s.countsAt(e) || s.passedOver() {
							continue
						}
						s.report(p, finding.Finding{
							Message: fmt.Sprintf("PKCE by %s is asked for, but %s offers %s only", s.Value, e.Issuer, strings.Join(methods, ", ")),
							Hint:    fmt.Sprintf(`"pkce_method": %q in the .conf of %s`, methods[0], e.Issuer),
							Related: []finding.Related{{Message: "what the issuer offers", At: at.At}},
						}, v.Vhost)
						break
					}
				}
			}
		},
	}
}
