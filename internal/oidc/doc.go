// Package oidc asks an OpenID Provider what it is, gets tokens from it, and
// judges them the way a resource server must.
//
// Everything that comes from the network is hostile until checked: sizes are
// capped before any parser sees a byte, JSON with duplicate or case-variant
// names is refused, redirects are never followed, and only https is spoken. Errors are
// *Error values whose Kind tells what went wrong and whose Mend says what to
// change; none of them ever holds a secret or a token.
//
// Tokens come by client credentials, password, device, browser (a native app's
// code flow with PKCE) and refresh token. Each request authenticates the client
// once, in one way, and is not repeated with other credentials; every wait ends
// at once with its context. The token endpoint is asked through
// golang.org/x/oauth2, whose errors quote answers and are therefore read, never
// wrapped. Its device flow is not used: it cannot authenticate the client there.
//
// Signatures go through go-jose. go-oidc's Provider and IDTokenVerifier are not
// used for the verdicts: its discovery has no size cap and takes the last of two
// duplicate names, and its verifier stops at the first fault, where the probe has
// to tell all of them. The tests hold CheckToken against that verifier.
//
// The package may import finding and secret.
package oidc
