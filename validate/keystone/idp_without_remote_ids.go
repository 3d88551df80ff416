package keystone

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func idpWithoutRemoteIDs() rule.Rule {
	return rule.Rule{
		Slug:     "idp-without-remote-ids",
		Severity: finding.Error,
		Title:    "an identity provider takes users of any issuer",
		Why: "Where an identity provider has no remote ids, Keystone compares nothing: everybody whom httpd lets through at its path becomes its user, from whatever issuer he comes. " +
			"A login by /auth/OS-FEDERATION/websso/PROTOCOL, which finds the provider by its remote id, ends in 404.",
		Mend:   "Give it the issuer's identifier, as the issuer writes it.",
		Source: "Keystone, keystone/federation/utils.py, validate_idp",
		Check: func(p *rule.Pass) {
			if p.Cloud == nil {
				return
			}
			by := doorsOf(p.Site)
			for _, o := range p.Cloud.Providers {
				if len(o.RemoteIDs) > 0 || len(o.Protocols) == 0 {
					continue
				}
				p.Report(finding.Finding{
					At:      p.Cloud.At(),
					Message: fmt.Sprintf("the identity provider %s has no remote ids: Keystone takes logins of any issuer for its own", o.ID),
					Hint:    "openstack identity provider set --remote-id " + likelyIssuer(p.Site) + " " + o.ID,
					Related: seenAt(by.first(o.ID)),
				}, "idp:"+o.ID, aboutRemoteID)
			}
		},
	}
}
