// Package register holds the clients that a federation.yaml speaks of against
// those that its identity providers have registered, and brings these in line: the
// relying party that httpd is, and the clients of the command line.
//
// A Registration says the same of a client at every provider. A Registrar is one
// provider's way to keep registrations: Keycloak's client registration API, OpenID
// Connect Dynamic Client Registration (RFC 7591, RFC 7592), or an adapter in front
// of something else. It may import spec, oidc, secret, input, finding and, for reports, apply, and
// promises:
//
//   - A plan only reads. Nothing is sent where nothing differs.
//   - What a client may never lose is written down before it is sent: a secret that
//     is made here lies in its file before the provider hears of it, and what a
//     provider made lies in the Store before the next request.
//   - Only what this description made is deleted, and only when the caller asks.
//   - Whatever a provider answers is bounded, read strictly, and never shown where it
//     may hold a secret. Tokens go to the host that they belong to, and nowhere else.
package register
