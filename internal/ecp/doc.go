// Package ecp logs in at a Keystone by SAML 2.0's profile for enhanced clients
// (SAML 2.0 Profiles, section 4.2): without a browser, with a name and a password.
//
// It promises that the password goes to the identity provider's endpoint alone and
// over https alone, that an assertion goes to the consumer that the service provider
// itself has named, on Keystone's own host, and nowhere else, that a cookie goes
// back to the host that set it, and that nothing follows a redirect.
//
// It may import secret, saml, oidc and keystone.
package ecp
