// Package samltest is an identity provider of SAML 2.0 for tests: it has
// metadata, a SOAP endpoint for enhanced clients, and signs as XML Signature asks.
// What an honest one never does, it does on request: it answers late, twice, with
// another key. It stands beside real identity providers in tests, never in their
// place.
//
// It may import nothing of the project.
package samltest
