package fleet

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func clientDiffers() rule.Rule {
	return rule.Rule{
		Slug:     "client-differs",
		Severity: finding.Error,
		Title:    "controllers show themselves to the issuer as different clients",
		Why: "Client id and secret are the issuer's: where a controller still has the old secret after a change, or another id, the issuer answers `invalid_client`, or does not take the code that was issued to the other client. " +
			"Logins fail now and then, as the load balancer decides. Secrets are compared by a keyed hash, whose key is not kept, and never shown.",
		Mend:   "The same on all controllers.",
		Source: "RFC 6749, sections 2.3 and 5.2",
		Fleet: func(p *rule.FleetPass) {
			mark := newMarker()
			for _, s := range alike(machines(p)) {
				for _, d := range []string{"OIDCClientID", "OIDCClientSecret", "OIDCOAuthClientID", "OIDCOAuthClientSecret"} {
					v, differ := count(commanded(s, lower(d), mark))
					if !differ {
						continue
					}
					p.Report(v.finding(fmt.Sprintf("%s differs: %s %s another one than %s, which the issuer refuses on one side", d, names(v.others), has(v.others), names(v.most)),
						"# the same on all controllers\n"+d+" VALUE"), v.about()...)
					break
				}
			}
		},
	}
}
