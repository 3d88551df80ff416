// Package probe asks a live cloud whether its federation works: for each
// identity provider it logs in, exchanges the token at Keystone, and says at
// every step who answered, the likely cause of a failure, and the mend. On
// request it tries every token at every path, where only a provider's own token
// at its own path may be let in.
//
// It promises that no bearer follows a redirect, that no secret or token is in
// a Result, and that every Keystone token it was given is revoked, also after a
// failure and an interrupt: a request that may bring one is not cut off at once.
// A forged token says what our own login's says, and goes to that provider's path
// alone.
// It does not promise to leave no trace: a login makes a shadow user and
// whatever the mapping grants, as any login does.
//
// It may import finding, input, secret, platform, spec, oidc, keystone, mapping,
// login, saml, ecp and symptom.
package probe
