// Package session holds rules about what is kept and trusted around a login: sessions, caches, secrets, TLS, proxies, logs.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package session

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "session", Title: "Sessions, secrets and transport", Rules: []rule.Rule{}}
}
