// Package registration holds rules about clients as identity providers know them, read
// from an export of Keycloak's or from client metadata (RFC 7591).
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package registration

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "registration", Title: "Clients at the identity provider", Rules: []rule.Rule{
		// Where browsers are sent with a code.
		redirectURIWildcard(),
		clientRedirectNotHTTPS(),
		// What a client may do.
		implicitFlowOn(),
		publicClientWithSecret(),
		passwordGrantBesideCode(),
		serviceAccountOnRelyingParty(),
		// What its tokens say.
		audienceMapperMissing(),
		groupNamesAsPaths(),
	}}
}

// each makes a check of what is wrong with one client.
func each(check func(p *rule.Pass, c *subject.Registered)) func(*rule.Pass) {
	return func(p *rule.Pass) {
		for _, c := range p.Registered {
			check(p, c)
		}
	}
}

// at reports about a client, at a place of its export.
func at(p *rule.Pass, c *subject.Registered, n *engine.Node, f finding.Finding) {
	f.At = n.At
	p.Report(f, c)
}

// off is how a switch of a client of Keycloak's is turned; other providers have their own ways.
func off(c *subject.Registered, name string) string {
	if !c.Keycloak {
		return ""
	}
	return "kcadm.sh update clients/UUID -r REALM -s " + name + "=false"
}
