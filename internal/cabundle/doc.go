// Package cabundle reads files of CA certificates in PEM and judges them: what is no
// certificate, what may not sign others, what is expired, weak, or has no root, and
// whether the chain that a server shows ends in them.
//
// Programs differ in what they make of such a file: OpenSSL stops at a broken block,
// Go passes over it; some take an intermediate CA for a root. What only some of them
// take is therefore told, too.
//
// Findings stand at the line that begins a block, never within one: a private key
// that lies in the file is told and not shown. The package may import finding and input.
package cabundle
