package keystone

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func remoteIDUnknown() rule.Rule {
	return rule.Rule{
		Slug:     "remote-id-unknown",
		Severity: finding.Error,
		Title:    "httpd lets an issuer in that is none of the identity provider's remote ids",
		Why: "Keystone compares the token's `iss` with the remote ids letter by letter. A final slash, http for https, or Keycloak's former /auth is another issuer: " +
			"httpd's `Require` is met, and Keystone answers 403 to everybody.",
		Mend:   "Write the remote id as the issuer writes itself, in `issuer` of its discovery document.",
		Source: "Keystone, keystone/federation/utils.py, validate_idp; OpenID Connect Discovery 1.0, section 3",
		After:  []string{"issuer-not-known", "idp-without-remote-ids"},
		Check: func(p *rule.Pass) {
			if p.Cloud == nil {
				return
			}
			by := doorsOf(p.Site)
			for _, o := range p.Cloud.Providers {
				for _, issuer := range issuersOf(p.Site, by, o.ID) {
					if len(o.RemoteIDs) == 0 || slices.Contains(o.RemoteIDs, issuer) {
						continue
					}
					has := listed(o.RemoteIDs)
					if i := slices.IndexFunc(o.RemoteIDs, func(id string) bool { return alike(id, issuer) }); i >= 0 {
						has = o.RemoteIDs[i]
					}
					door := by.first(o.ID)
					p.Report(finding.Finding{
						At:      p.Cloud.At(),
						Message: fmt.Sprintf("httpd lets the issuer %s in for %s, whose remote ids have %s: Keystone answers 403", issuer, o.ID, has),
						Hint:    "openstack identity provider set --remote-id " + issuer + " " + o.ID,
						Related: seenAt(door),
					}, any(door), "idp:"+o.ID)
				}
			}
		},
	}
}
