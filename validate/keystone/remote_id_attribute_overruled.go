package keystone

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func remoteIDAttributeOverruled() rule.Rule {
	return rule.Rule{
		Slug:     "remote-id-attribute-overruled",
		Severity: finding.Warning,
		Title:    "the protocol itself names another variable than keystone.conf",
		Why: "A protocol may say itself in which variable the issuer stands, and that wins over keystone.conf. Where the two differ, who changes keystone.conf changes nothing; " +
			"one of the two variables is not there, and either all logins end in 401 today or nobody will know why they work.",
		Mend:   "Say it in one place.",
		Source: "Keystone, keystone/federation/utils.py, get_remote_id_parameter",
		Check: func(p *rule.Pass) {
			if p.Cloud == nil || p.Keystone == nil {
				return
			}
			for _, o := range p.Cloud.Providers {
				for _, protocol := range o.Protocols {
					v, ok := p.Keystone.RemoteIDAttribute(protocol.ID)
					if !ok || protocol.RemoteIDAttribute == "" || v.Text == protocol.RemoteIDAttribute {
						continue
					}
					p.Report(finding.Finding{
						At:      line(v),
						Message: fmt.Sprintf("remote_id_attribute = %s has no effect for %s: its protocol %s says %s itself", firstLine(v.Text), o.ID, protocol.ID, protocol.RemoteIDAttribute),
						Hint:    "remote_id_attribute = " + protocol.RemoteIDAttribute,
					}, aboutRemoteID)
				}
			}
		},
	}
}
