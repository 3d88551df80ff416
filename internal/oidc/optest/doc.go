// Package optest is an OpenID Provider inside the test process: TLS with a CA
// of its own, real keys, and ways to lie. It is for tests alone and promises that
// every token it signs verifies against the keys it publishes, unless told otherwise.
// It imports nothing of the project.
package optest
