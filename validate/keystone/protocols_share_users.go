package keystone

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func protocolsShareUsers() rule.Rule {
	return rule.Rule{
		Slug:     "protocols-share-users",
		Severity: finding.Warning,
		Title:    "who logs in by two protocols of an identity provider gets 409",
		Why: "A federated user belongs to one protocol of one identity provider. A person who has logged in by the first protocol and comes by the second has the same id, since both are in one domain, and Keystone refuses: " +
			"409, \"Duplicate entry\". It happens where browsers and programs were given a protocol each.",
		Mend:   "Use one protocol for both; httpd tells browsers and tokens apart by the path.",
		Source: "Keystone, keystone/identity/shadow_backends/sql.py, create_federated_user",
		Check: func(p *rule.Pass) {
			if p.Cloud == nil {
				return
			}
			for _, o := range p.Cloud.Providers {
				if len(o.Protocols) < 2 || o.Protocols[0].MappingID != o.Protocols[1].MappingID {
					continue
				}
				p.Report(finding.Finding{
					At:      p.Cloud.At(),
					Message: fmt.Sprintf("%s has the protocols %s and %s with one mapping: who logs in by both gets 409 at the second", o.ID, o.Protocols[0].ID, o.Protocols[1].ID),
					Hint:    fmt.Sprintf("openstack federation protocol delete --identity-provider %s %s", o.ID, o.Protocols[1].ID),
				}, "idp:"+o.ID)
			}
		},
	}
}
