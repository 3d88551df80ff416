// Package symptom explains an answer that was not the wished one: who refused,
// why, and the line that mends it. Its table knows what Keystone, httpd, its
// modules, proxies and issuers say in each known case; each entry has a slug that
// stays, which is also its heading in docs/symptoms.md.
//
// An answer alone often has several causes. What the token, the rules and
// Keystone's objects show parts some of them; the others are parted by a second,
// harmless request, asked only then.
//
// It promises that a second request carries no token of anybody, makes no session
// and no user, and goes to Keystone's address alone.
//
// It may import secret, spec, claims, oidc, keystone and mapping.
package symptom
