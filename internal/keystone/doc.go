// Package keystone is what fedstone asks of a Keystone beyond gophercloud:
// logging in as the operator, and the identity providers, protocols and mappings
// of OS-FEDERATION.
//
// It may import finding and secret. It promises that no id reaches another path
// than its own, that a mapping passes through byte for byte in meaning (empty
// lists stay), that tokens and passwords go over TLS or loopback only and are
// not carried along by a redirect, and that every refusal says who was asked
// what and what was answered.
package keystone
