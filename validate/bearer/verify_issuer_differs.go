package bearer

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func verifyIssuerDiffers() rule.Rule {
	return rule.Rule{
		Slug:     "verify-issuer-differs",
		Severity: finding.Error,
		Title:    "the virtual host wants one issuer, and the Location another",
		Why: "`OIDCOAuthVerifyIssuer` (from 2.4.20 on) holds for all Locations of a virtual host, before any `Require` is asked. Where a " +
			"Location requires another issuer, a token can please one of them at most: all get 401.",
		Mend:   "The same issuer at both places; for a second issuer a second virtual host.",
		Source: "mod_auth_openidc src/oauth.c (2.4.20), OIDCOAuthVerifyIssuer",
		After:  []string{"one-key-set-for-several-issuers", "keys-of-several-issuers"},
		Check: func(p *rule.Pass) {
			for _, h := range openidcVhosts(p) {
				if at := h.Command("oidcoauthverifyissuer"); at != nil {
					for _, d := range h.doors {
						reportContradiction(p, d, at)
					}
				}
			}
		},
	}
}

func reportContradiction(p *rule.Pass, d *subject.Door, at *httpdconf.Command) {
	issuers, exact := d.Require().Claims("iss")
	want := subject.Arg(at, 0)
	if !exact || len(issuers) != 1 || strings.TrimSuffix(issuers[0], "/") == strings.TrimSuffix(want, "/") {
		return
	}
	p.On(at, finding.Finding{
		Message: fmt.Sprintf("%s is wanted here, and %s at the %s %s: no token is both", want, issuers[0], d.Kind, d.Path),
		Hint:    at.Name + " " + issuers[0],
		Related: []finding.Related{{Message: "required here", At: d.Section.At()}},
	}, d, d.Vhost)
}
