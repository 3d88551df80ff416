package keystone

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func idpDisabled() rule.Rule {
	return rule.Rule{
		Slug:     "idp-disabled",
		Severity: finding.Error,
		Title:    "an identity provider is disabled, and its users are let in by httpd",
		Why: "Keystone's API creates identity providers disabled unless `enabled` is given. Users then log in at the issuer and end in 403, whose body gives no reason. " +
			"If it was disabled on purpose, httpd still asks the issuer for nothing.",
		Mend:   "Enable it, or take its sections out of httpd.",
		Source: "Keystone, keystone/auth/plugins/mapped.py, apply_protocol; keystone/api/os_federation.py",
		Check: func(p *rule.Pass) {
			if p.Cloud == nil {
				return
			}
			by := doorsOf(p.Site)
			for _, o := range p.Cloud.Providers {
				door := by.first(o.ID)
				if o.Enabled || door == nil {
					continue
				}
				p.Report(finding.Finding{
					At:      p.Cloud.At(),
					Message: fmt.Sprintf("the identity provider %s is disabled: its users log in at the issuer and end in 403", o.ID),
					Hint:    "openstack identity provider set --enable " + o.ID,
					Related: seenAt(door),
				}, "idp:"+o.ID)
			}
		},
	}
}
