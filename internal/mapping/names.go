package mapping

import (
	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

// Names says what an identity provider's claims are called in the environment of Keystone, as
// fedstone has httpd set it up.
type Names struct {
	Prefix   string // before the name of every claim
	RemoteID string // the variable that holds what Keystone knows the identity provider by
	verbatim bool   // names of claims are taken as they are
}

// mellonPrefix is what mod_auth_mellon puts before the names of attributes (MellonEnvPrefix).
const mellonPrefix = "MELLON_"

// ShibbolethPrefix is what fedstone has Shibboleth's SP put before the names of attributes, so that none is taken for a
// variable of the request (attribute-map.xml); its own variables have names that it chooses.
const (
	ShibbolethPrefix = "SHIB_"
	shibbolethIdP    = "Shib-Identity-Provider"
)

// NamesFor gives the names of an identity provider's claims, or of its SAML attributes.
func NamesFor(idp spec.IdentityProvider) Names {
	if idp.SAML == nil {
		return Names{Prefix: Prefix, RemoteID: RemoteID}
	}
	if idp.ByShibboleth() {
		return Names{Prefix: ShibbolethPrefix, RemoteID: shibbolethIdP, verbatim: true}
	}
	return Names{Prefix: mellonPrefix, RemoteID: mellonPrefix + "IDP", verbatim: true}
}

// Variable gives the name of what holds a claim: of groups MELLON_groups, of env(REMOTE_USER) REMOTE_USER.
func (n Names) Variable(claim string) string {
	if _, variable := spec.Variable(claim); variable || !n.verbatim {
		return Variable(claim)
	}
	return n.Prefix + claim
}

// samlModule hands attributes on as a module for OpenID Connect would, under the names of SAML. A
// login has a NameID, of which REMOTE_USER is made.
func samlModule(target platform.Platform, idp spec.IdentityProvider) (claims.Module, error) {
	m, err := RenderedModule(target.Module, claims.Bearer)
	m.Prefix, m.RemoteUser = NamesFor(idp).Prefix, "NAME_ID"
	return m, err
}
