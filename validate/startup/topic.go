// Package startup holds rules about what keeps httpd from reading its configuration or from starting, which is mostly not told by `httpd -t`.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package startup

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "startup", Title: "Starting httpd", Rules: []rule.Rule{}}
}
