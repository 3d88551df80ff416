// Package iamtest is a contract server: the IAM API of Open Telekom Cloud as far as
// federation by OpenID Connect goes, made from the published tables of
// opentelekomcloud-docs/identity-access-management (api-ref) alone. Handlers name the
// page that they are made of. It is for tests: no such cloud can be reached from one.
//
// It shares no code with internal/iam, so that client and server are two readings of
// the same tables; it imports nothing of the project. It promises that ID tokens are
// really verified with the pasted signing_key (signature, kid, iss, aud, exp), that
// mappings are evaluated, and that what the tables call mandatory is asked for.
//
// Where the tables list a status and not its cause, the nearest cause is taken, and
// the handler says so.
package iamtest
