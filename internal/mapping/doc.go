// Package mapping speaks Keystone's federation mappings: it compiles the named
// rules of federation.yaml into Keystone's positional rules, and reads mappings
// written by hand.
//
// It promises that what it gives out passes Keystone's own structural check, and
// that every placeholder stands for the claim that the rule names. Claims are
// read in environment form (OIDC-preferred_username), which no request header
// can produce. It may import finding, spec and platform.
package mapping
