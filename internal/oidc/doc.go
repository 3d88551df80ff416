// Package oidc asks an OpenID Provider what it is, gets tokens from it, and
// judges them the way a resource server must.
//
// Everything that comes from the network is hostile until checked: sizes are
// capped before any parser sees a byte, JSON with duplicate or case-variant
// names is refused, redirects are never followed, and only https is spoken. Errors are
// *Error values whose Kind tells what went wrong and whose Mend says what to
// change; none of them ever holds a secret or a token.
//
// Token grants go through golang.org/x/oauth2 and signatures through go-jose.
// go-oidc's Provider and IDTokenVerifier are not used for the verdicts: its
// discovery has no size cap and takes the last of two duplicate names, and its
// verifier stops at the first fault, where the probe has to tell all of them.
// The tests hold CheckToken against that verifier.
//
// The package may import finding and secret.
package oidc
