package keystone

import (
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func authorizationTTLMissing() rule.Rule {
	return rule.Rule{
		Slug:     "authorization-ttl-missing",
		Severity: finding.Info,
		Title:    "roles that come by groups are gone where no login is",
		Why: "Groups that a mapping gives hold for the token of that login alone, unless `default_authorization_ttl`, or the identity provider's `authorization_ttl`, says for how many minutes Keystone remembers them. " +
			"At 0 a federated user cannot make application credentials or trusts from roles of such groups: 400, \"Could not find role assignment\".",
		Mend:   "Set it to as many minutes as somebody who was removed at the issuer may still work here, for one identity provider or for all.",
		Source: "Keystone, keystone/conf/federation.py, default_authorization_ttl",
		Check: func(p *rule.Pass) {
			if !whole(p.Site) {
				return
			}
			names, _, set, _ := methods(p.Site)
			if !set || !slices.Contains(names, "application_credential") || !groups(p.Site) || remembered(p.Site) {
				return
			}
			value, v, ok := text(p.Site, "federation", "default_authorization_ttl")
			if minutes, valid := oslo.AsInt(value); v.Key != "" && (!ok || !valid || minutes > 0) {
				return
			}
			at := top(p.Site, "federation")
			if v.Key != "" {
				at = line(v)
			}
			p.Report(finding.Finding{
				At:      at,
				Message: "default_authorization_ttl is 0, and mappings give groups: federated users cannot make application credentials from the groups' roles",
				Hint:    "[federation]\ndefault_authorization_ttl = 1440",
			})
		},
	}
}

// groups reports whether a mapping gives groups.
func groups(s *subject.Site) bool {
	for _, m := range s.Mappings {
		for _, r := range m.Doc.Rules {
			for _, l := range r.Get("local").Items() {
				if l.Get("groups") != nil || l.Get("group") != nil || l.Get("group_ids") != nil {
					return true
				}
			}
		}
	}
	return false
}

// remembered reports whether an identity provider says for how long groups hold.
func remembered(s *subject.Site) bool {
	for _, d := range s.Descriptions {
		for _, p := range d.Spec.IdentityProviders {
			if p.AuthorizationTTL.Value > 0 {
				return true
			}
		}
	}
	if s.Cloud == nil {
		return false
	}
	for _, p := range s.Cloud.Providers {
		if p.AuthorizationTTL != nil && *p.AuthorizationTTL > 0 {
			return true
		}
	}
	return false
}
