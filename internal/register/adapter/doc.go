// Package adapter registers clients by the generic REST adapter's API, as 3scale's Zync
// speaks it: PUT, GET and DELETE of /clients/{client_id} below one address, with the
// client's metadata by the names of RFC 7591, and a discovery document that says where
// an access token is had. Whoever writes such an adapter puts any identity provider
// behind it. docs/adapter.openapi.yaml describes the API.
//
// A client has an id, a name, a secret, redirect URIs and grants there, and nothing
// else: no audience, no group claim, no PKCE. These are the adapter's own matter.
//
// It may import register, oidc and secret. The credentials go to the token endpoint
// that the adapter names, or as Basic to the adapter where it names none, and are never
// sent twice for one request; redirects are not followed.
package adapter
