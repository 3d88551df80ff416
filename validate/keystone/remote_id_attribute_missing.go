package keystone

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func remoteIDAttributeMissing() rule.Rule {
	return rule.Rule{
		Slug:     "remote-id-attribute-missing",
		Severity: finding.Error,
		Title:    "Keystone does not know where the issuer's name is",
		Why: "Keystone compares the issuer with the identity provider's remote ids, if it is told in which variable to look. Where neither the protocol itself, nor the section of its name, nor `[federation]` says so, " +
			"it compares nothing: whom httpd lets through at an identity provider's path is that provider's user, whatever issuer he comes from. The path /auth/OS-FEDERATION/websso/PROTOCOL, which finds the provider by the issuer, answers 401.",
		Mend:   "Name the variable in the section that is called as the protocol is. It may not be one that a client can set as a header: `OIDC-iss`, not `HTTP_OIDC_ISS`.",
		Source: "Keystone, keystone/federation/utils.py, get_remote_id_parameter and validate_idp",
		After:  []string{"remote-id-section-misspelt", "option-misspelt", "option-in-wrong-section", "section-misspelt", "value-swallows-a-line"},
		Check: func(p *rule.Pass) {
			if !whole(p.Site) {
				return
			}
			for _, u := range uses(p.Site) {
				v, ok := p.Keystone.RemoteIDAttribute(u.protocol)
				if ok && v.Text != "" || named(p.Site, u.protocol) {
					continue
				}
				p.Report(finding.Finding{
					At:       top(p.Site, u.protocol),
					Severity: sureOfObjects(p.Site),
					Message:  fmt.Sprintf("neither [%s] nor [federation] has remote_id_attribute%s: Keystone takes logins of any issuer for those of the identity provider", u.protocol, unlessObject(p.Site)),
					Hint:     fmt.Sprintf("[%s]\nremote_id_attribute = OIDC-iss", u.protocol),
					Related:  []finding.Related{{Message: "here the protocol is named", At: u.at}},
				}, aboutRemoteID, option("remote_id_attribute"))
			}
		},
	}
}

// named reports whether all objects of a protocol on the live Keystone name the
// variable themselves.
func named(s *subject.Site, protocol string) bool {
	if s.Cloud == nil {
		return false
	}
	seen := false
	for _, idp := range s.Cloud.Providers {
		for _, o := range idp.Protocols {
			if o.ID == protocol && o.RemoteIDAttribute == "" {
				return false
			}
			seen = seen || o.ID == protocol
		}
	}
	return seen
}

// sureOfObjects: without the live objects, the protocol may name the variable itself.
func sureOfObjects(s *subject.Site) finding.Severity {
	if s.Cloud != nil {
		return finding.Error
	}
	return finding.Warning
}

func unlessObject(s *subject.Site) string {
	if s.Cloud != nil {
		return ", nor has the protocol itself"
	}
	return " (if the protocol itself has none)"
}
