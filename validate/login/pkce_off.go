package login

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func pkceOff(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "pkce-off",
		Severity: finding.Warning,
		Title:    "the code of a login is not bound to the browser that began it",
		Why: "PKCE has the issuer hand out tokens only to whoever began the login, also where a code got into foreign hands. With `plain` the proof itself stands in the address of the request, with `none` there is no proof. " +
			"Issuers that know nothing of it pass over the parameters.",
		Mend:   "`OIDCPKCEMethod S256`, and `\"pkce_method\": \"S256\"` in each issuer's `.conf`. Leave it off only for an issuer that refuses `code_challenge`, in that one's `.conf`.",
		Source: "RFC 9700 section 2.1.1, RFC 7636 section 7.2; mod_auth_openidc, OIDCPKCEMethod",
		After:  []string{"value-not-known"},
		Check: func(p *rule.Pass) {
			for _, v := range w.parties(p) {
				for _, s := range settings(v, "OIDCPKCEMethod", "oidcpkcemethod", "pkce_method") {
					if s.Value != "none" && s.Value != "plain" || s.passedOver() {
						continue
					}
					f := finding.Finding{
						Message: fmt.Sprintf("PKCE is %s: a stolen code of a login can be redeemed", s.Value),
						Hint:    s.line("S256"),
						Fix:     s.mended("S256"),
					}
					if s.Command != nil && s.Value == "none" && v.Tree.Before("2.4.15") {
						f.Severity, f.Message = finding.Error, fmt.Sprintf("mod_auth_openidc %s does not know the PKCE method none: httpd does not start", v.Tree.Module)
					}
					s.report(p, f, v.Vhost)
				}
			}
		},
	}
}

// passedOver reports whether the value is a directive's that does not reach the
// issuers of a metadata directory, as OIDCPKCEMethod from 2.4.16.7 on.
func (s setting) passedOver() bool {
	since, _ := s.Tree.Since("2.4.16.7")
	return s.Command != nil && many(s.Vhost) && since
}
