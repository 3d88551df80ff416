package validate

import (
	"slices"

	"github.com/fedstone/fedstone/validate/access"
	"github.com/fedstone/fedstone/validate/bearer"
	"github.com/fedstone/fedstone/validate/claims"
	"github.com/fedstone/fedstone/validate/dashboard"
	"github.com/fedstone/fedstone/validate/fleet"
	"github.com/fedstone/fedstone/validate/keystone"
	"github.com/fedstone/fedstone/validate/login"
	"github.com/fedstone/fedstone/validate/mapping"
	"github.com/fedstone/fedstone/validate/metadata"
	"github.com/fedstone/fedstone/validate/registration"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/saml"
	"github.com/fedstone/fedstone/validate/session"
	"github.com/fedstone/fedstone/validate/startup"
)

// Topics gives all rules, by topic, in the order in which they are told.
func Topics() []rule.Topic {
	return []rule.Topic{
		startup.Topic(), access.Topic(), bearer.Topic(), login.Topic(), session.Topic(), claims.Topic(), metadata.Topic(), registration.Topic(), saml.Topic(), mapping.Topic(), keystone.Topic(), dashboard.Topic(), fleet.Topic(),
	}
}

// Known reports whether a slug is a rule's, or one that reading gives.
func Known(slug string) bool { return slices.Contains(Slugs(), slug) }

// Slugs gives the slugs of everything that can be explained, sorted.
func Slugs() []string {
	var out []string
	for _, r := range append(Rules(), Reading()...) {
		out = append(out, r.Slug)
	}
	slices.Sort(out)
	return out
}

// Rules gives the rules of all topics.
func Rules() []rule.Rule {
	var out []rule.Rule
	for _, t := range Topics() {
		out = append(out, t.Rules...)
	}
	return out
}

// Rule gives a rule by its slug.
func Rule(slug string) (r rule.Rule, topic rule.Topic, ok bool) {
	for _, t := range Topics() {
		for _, r := range t.Rules {
			if r.Slug == slug {
				return r, t, true
			}
		}
	}
	return rule.Rule{}, rule.Topic{}, false
}
