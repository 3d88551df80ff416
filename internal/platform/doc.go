// Package platform holds facts by version, as data: where a distribution keeps
// its files and which users and which Python run its programs (Platform, Layout),
// what a Keystone release knows (Release), and which directives a version of
// mod_auth_openidc takes (Table), and how that module names an issuer's files
// (MetadataName).
//
// The directive tables are generated: each program was asked for its own
// directives, contexts and argument counts; gen/README.md tells how. Everything
// else names its source beside it. The package imports nothing of the project,
// holds no state, and gives away copies only.
package platform

//go:generate go run ./gen -roots /var/tmp/fedstone-tables
