package keystone

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func idpsShareDomain() rule.Rule {
	return rule.Rule{
		Slug:     "idps-share-domain",
		Severity: finding.Warning,
		Title:    "identity providers share a domain",
		Why: "Keystone makes a federated user's id of the domain and of what the mapping gives as the user's id. Where two identity providers have one domain, two people of the same name at their issuers collide: " +
			"who comes second gets 409, \"Duplicate entry\", at each login.",
		Mend:   "Give each identity provider a domain of its own. It is fixed at creation, and users of another domain are other users.",
		Source: "Keystone, keystone/identity/id_generators/sha256.py; keystone/identity/shadow_backends/sql.py",
		Check: func(p *rule.Pass) {
			if p.Cloud == nil {
				return
			}
			by := map[string][]string{}
			var order []string
			for _, o := range p.Cloud.Providers {
				if o.DomainID == "" || len(o.Protocols) == 0 {
					continue
				}
				if by[o.DomainID] == nil {
					order = append(order, o.DomainID)
				}
				by[o.DomainID] = append(by[o.DomainID], o.ID)
			}
			for _, domain := range order {
				if all := by[domain]; len(all) > 1 {
					p.Report(finding.Finding{
						At:      p.Cloud.At(),
						Message: fmt.Sprintf("%s have one domain, %s: of two people with the same id at their issuers the second gets 409", strings.Join(all, " and "), domain),
						Hint:    fmt.Sprintf("openstack identity provider create --remote-id ISSUER --domain %s %s", all[1], all[1]),
					}, "domain:"+domain)
				}
			}
		},
	}
}
