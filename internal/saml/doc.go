// Package saml reads SAML 2.0: an identity provider's metadata, the envelopes of
// an enhanced client (ECP), and authentication requests of the Redirect binding.
// It writes the two envelopes that such a client sends on.
//
// It promises that reading has bounds in size, depth and number, knows no document
// type, no entity but XML's own five and no encoding but UTF-8, and that what
// somebody may have signed is passed on byte for byte: it is cut out, never
// written anew. It verifies no signature: that is the service provider's part.
//
// It may import finding and nothing else of the project.
package saml
