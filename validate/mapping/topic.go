// Package mapping holds rules about mappings that Keystone refuses, or that do something else than they seem to.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package mapping

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "mapping", Title: "Mapping rules", Rules: []rule.Rule{}}
}
