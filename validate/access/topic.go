// Package access holds rules about who gets through to Keystone: AuthType, Require, and the paths of the federation that must be closed.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package access

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "access", Title: "Protected paths", Rules: []rule.Rule{
		authtypeWithoutRequire(),
	}}
}
