package spec

import "github.com/fedstone/fedstone/internal/finding"

// SAML says that an identity provider speaks SAML 2.0, and with whom: httpd is its service provider.
type SAML struct {
	SP       Text // the program that is the service provider: Mellon, the default, or Shibboleth
	EntityID Text // of the identity provider, as its metadata writes it
	Metadata Text // of the identity provider: a local file, or an https URL
	// RemoteID is what Keystone knows the identity provider by; default: EntityID. A
	// remote id belongs to one identity provider, and Keycloak has one URL for its
	// issuer and its entity id.
	RemoteID Text
	// Key and Certificate are the service provider's: local PEM files. The defaults,
	// saml/ID.key and saml/ID.crt, are made once where they are missing.
	Key         Text
	Certificate Text
	At          finding.Range
}

// The service providers of httpd: mod_auth_mellon, and Shibboleth's mod_shib with its daemon shibd.
const (
	Mellon     = "mellon"
	Shibboleth = "shibboleth"
)

// ByShibboleth reports whether httpd speaks SAML by Shibboleth's SP.
func (p *IdentityProvider) ByShibboleth() bool { return p.SAML != nil && p.SAML.SP.Value == Shibboleth }

// EndpointsPath is the folder of the paths at which httpd takes the messages of SAML identity
// providers, each below its id.
const EndpointsPath = "/v3/OS-FEDERATION/saml2/"

// RemoteID is what Keystone knows the identity provider by: its issuer, or what saml.remote_id says.
func (p *IdentityProvider) RemoteID() Text {
	if p.SAML != nil {
		return p.SAML.RemoteID
	}
	return p.Issuer
}

// OpenID gives the deployment with its OpenID Connect issuers alone, for rooms that know no
// other identity providers.
func (f *Federation) OpenID() *Federation {
	return f.only(func(p *IdentityProvider) bool { return p.SAML == nil })
}

// SAML gives the deployment with its SAML identity providers alone.
func (f *Federation) SAML() *Federation {
	return f.only(func(p *IdentityProvider) bool { return p.SAML != nil })
}

func (f *Federation) only(wanted func(*IdentityProvider) bool) *Federation {
	out := *f
	out.IdentityProviders = nil
	for i := range f.IdentityProviders {
		if wanted(&f.IdentityProviders[i]) {
			out.IdentityProviders = append(out.IdentityProviders, f.IdentityProviders[i])
		}
	}
	return &out
}

// Endpoints is where httpd takes the messages of a SAML identity provider: its path, without a
// slash at its end.
func (p *IdentityProvider) Endpoints() string { return EndpointsPath + p.ID.Value }

// ServiceProvider is the entity id under which a SAML identity provider knows this deployment.
// Each has one of its own, so that no assertion that one was given holds for another.
func (f *Federation) ServiceProvider(p *IdentityProvider) string {
	return f.Keystone.URL.Value + p.Endpoints() + "/metadata"
}
