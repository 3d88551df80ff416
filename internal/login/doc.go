// Package login gets tokens of an issuer in every way that federation.yaml's
// `probe:` knows: by a grant, from a file, from standard input, from a command.
// What a person had to agree to is kept in the user's cache folder, renewed
// silently, and shared by all processes of that user: two that need the same
// login at once make one.
//
// It promises that no token is in an error, a note or the name of a file; that
// the files of the cache are born with mode 0600 and replaced whole, and are
// not read where somebody else could have written them; and that a refresh
// token which an issuer has changed is stored before anything else is done.
//
// It may import finding, private, secret, spec and oidc.
package login
