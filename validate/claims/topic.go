// Package claims holds rules about what becomes of claims between the module, the mapping and remote_id_attribute.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package claims

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "claims", Title: "Claims on their way to Keystone", Rules: []rule.Rule{}}
}
