// Package adapter is a small server of the generic REST adapter's API, the one that
// register's adapter and 3scale's Zync speak: whoever has an identity provider without
// an API of its own begins here, and whoever writes a client has something to hold it
// against. docs/adapter.openapi.yaml describes what it answers.
//
// Clients lie in a Store: a file of its own, or an identity provider by one of
// register's ways. It gives out access tokens for the credentials that it knows, or
// takes these as Basic. Bodies, headers, times and the number of clients are bounded;
// the log has no secret, no query and no body.
//
// It may import register, register/adapter, oidc, private, secret and finding.
package adapter
