// Package dashboard holds rules about settings of Horizon, and clouds.yaml.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package dashboard

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "dashboard", Title: "Dashboard and clients", Rules: []rule.Rule{}}
}
