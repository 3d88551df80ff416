package dashboard

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func webssoMappingSwapped() rule.Rule {
	return rule.Rule{
		Slug:     "websso-mapping-swapped",
		Severity: finding.Error,
		Title:    "a choice has protocol and identity provider in the wrong order",
		Why:      "`WEBSSO_IDP_MAPPING` has the identity provider first and the protocol second. The other way round the browser goes to /identity_providers/openid/protocols/corp/websso, which neither httpd nor Keystone has: 403 or 404.",
		Mend:     "Swap the two.",
		Source:   "Horizon, openstack_auth/utils.py, get_websso_url",
		Check: func(p *rule.Pass) {
			d := on(p.Site)
			if d == nil {
				return
			}
			targets, _, _ := d.Targets()
			names, idps := protocols(p.Site)
			for _, t := range targets {
				if !swapped(t, names, idps) {
					continue
				}
				p.Report(finding.Finding{
					At:      t.At,
					Message: fmt.Sprintf("%q is sent to identity provider %s with protocol %s: the two are swapped", t.Key, t.IdP, t.Protocol),
					Hint:    fmt.Sprintf("%q: (%q, %q),", t.Key, t.Protocol, t.IdP),
					Fix: &finding.Fix{Title: "swap the two", Edits: []finding.Edit{
						{At: t.IdPAt, Text: fmt.Sprintf("%q", t.Protocol)}, {At: t.ProtocolAt, Text: fmt.Sprintf("%q", t.IdP)},
					}},
				}, "choice:"+t.Key, "WEBSSO_IDP_MAPPING")
			}
		},
	}
}

// swapped reports whether a pair makes sense the other way round, and not as it is.
func swapped(t subject.Target, names, idps []string) bool {
	if slices.Contains(idps, t.IdP) || slices.Contains(names, t.Protocol) {
		return false
	}
	asProtocol := slices.Contains(names, t.IdP) || slices.Contains(usual, t.IdP)
	return asProtocol && (slices.Contains(idps, t.Protocol) || !slices.Contains(usual, t.Protocol))
}
