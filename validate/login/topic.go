// Package login holds rules about the way of a browser to an issuer and back: redirect URI, discovery, cookies, state, PKCE.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package login

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "login", Title: "Browser logins", Rules: []rule.Rule{}}
}
