// Package bearer holds rules about how tokens are verified on the REST path: by mod_auth_openidc as a resource server, and by mod_oauth2.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package bearer

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "bearer", Title: "Bearer tokens", Rules: []rule.Rule{}}
}
