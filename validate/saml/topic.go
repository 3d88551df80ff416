// Package saml holds rules about mod_auth_mellon, by which Keystone's httpd is a service provider of SAML 2.0.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package saml

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "saml", Title: "SAML", Rules: []rule.Rule{
		mellonDoesNotAsk(),
		mellonWithoutKey(),
		mellonCookieUnprotected(),
	}}
}
