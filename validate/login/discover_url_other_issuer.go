package login

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func discoverURLOtherIssuer(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "discover-url-other-issuer",
		Severity: finding.Error,
		Title:    "a Location sends browsers to one issuer and requires another",
		Why: "OIDCDiscoverURL says where the login goes, `Require claim iss:` whose session may pass. Where they name different issuers, everybody who has logged in is refused: " +
			"with `OIDCUnAutzAction auth` the browser goes round in circles, without it 401. It is what copying a Location for the next identity provider leads to.",
		Mend:   "Name the same issuer in both lines.",
		Source: "mod_auth_openidc, src/authz.c, oidc_authz_checker",
		After:  []string{"discover-url-issuer-unknown", "discover-url-issuer-malformed"},
		Check: func(p *rule.Pass) {
			for _, d := range w.discoveries(p) {
				if d.Issuer == "" || d.named() {
					continue
				}
				values, exact := d.Door.Require().Claims("iss")
				if !exact || len(values) == 0 || !many(d.Vhost) || !d.ours() || among(values, d.Issuer) {
					continue
				}
				line := d.Door.Require().Lines()[0]
				p.On(d.Command, finding.Finding{
					Message: fmt.Sprintf("browsers log in at %s, but the Require of this path wants %s: everybody is refused after the login", d.Issuer, strings.Join(values, " or ")),
					Hint:    d.discoverLine(values[0]),
					Related: []finding.Related{{Message: "what is required", At: line.At()}},
				}, d.Door)
			}
		},
	}
}

func among(issuers []string, one string) bool {
	for _, i := range issuers {
		if sameIssuer(i, one) {
			return true
		}
	}
	return false
}

// named reports whether the section requires the very issuer in one line and has no
// other, which is the usual case and quick to see.
func (d discovery) named() bool {
	n, same := 0, false
	for c := range d.Door.Section.Children() {
		if c.Key() == "require" {
			n++
			same = c.RawArgs() == "claim iss:"+d.Issuer
		}
	}
	return n == 1 && same
}
