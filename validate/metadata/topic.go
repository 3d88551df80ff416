// Package metadata holds rules about files by which mod_auth_openidc knows several issuers (OIDCMetadataDir).
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package metadata

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "metadata", Title: "The metadata directory", Rules: []rule.Rule{}}
}
