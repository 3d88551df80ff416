package keystone

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func mappingMissing() rule.Rule {
	return rule.Rule{
		Slug:     "mapping-missing",
		Severity: finding.Error,
		Title:    "a protocol's mapping is gone",
		Why:      "Keystone lets a mapping be deleted that a protocol still names. Everybody who logs in by that protocol then ends in 404, \"Could not find mapping\".",
		Mend:     "Create the mapping again, or give the protocol another one.",
		Source:   "Keystone, keystone/federation/core.py, get_mapping_from_idp_and_protocol",
		Check: func(p *rule.Pass) {
			if p.Cloud == nil || len(p.Cloud.Mappings) == 0 {
				return
			}
			by := doorsOf(p.Site)
			for _, o := range p.Cloud.Providers {
				for _, protocol := range o.Protocols {
					if slices.ContainsFunc(p.Cloud.Mappings, func(m subject.CloudMapping) bool { return m.ID == protocol.MappingID }) {
						continue
					}
					all := ids(p.Cloud.Mappings, func(m subject.CloudMapping) string { return m.ID })
					p.Report(finding.Finding{
						At:      p.Cloud.At(),
						Message: fmt.Sprintf("protocol %s of %s names the mapping %s, which Keystone does not have (it has %s): logins end in 404", protocol.ID, o.ID, protocol.MappingID, listed(all)),
						Hint:    fmt.Sprintf("openstack mapping create --rules %s.json %s", protocol.MappingID, protocol.MappingID),
						Related: seenAt(by.first(o.ID)),
					}, "idp:"+o.ID)
				}
			}
		},
	}
}
