// Package mapping speaks Keystone's federation mappings: it compiles the named
// rules of federation.yaml into Keystone's positional rules, reads mappings written
// by hand, and imports positional rules as named ones.
//
// It promises that what it gives out passes Keystone's own structural check, and
// that every placeholder stands for the claim that the rule names. Claims are
// read in environment form (OIDC-preferred_username), which no request header
// can produce; so are other variables, env(REMOTE_USER), of which those that a
// client could forge are refused. An import without errors is equal in effect.
//
// It may import finding, input, spec, platform, python, claims and mapping/engine.
package mapping
