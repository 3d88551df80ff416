// Package keystone is what fedstone asks of a Keystone beyond gophercloud:
// logging in as the operator, the identity providers, protocols and mappings of
// OS-FEDERATION, and the way of a federated user: the exchange of a bearer token,
// its verdict (who answered), projects, rescoping, revocation.
//
// It may import finding and secret. It promises that no id reaches another path
// than its own, that a mapping passes through byte for byte in meaning (empty
// lists stay), that tokens and passwords go over TLS or loopback only and are
// not carried along by a redirect, and that every refusal says who was asked
// what and what was answered.
package keystone
