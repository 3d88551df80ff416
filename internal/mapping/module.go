package mapping

import (
	"github.com/fedstone/fedstone/internal/claims"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

// RenderedModule is a version of mod_auth_openidc, set up as fedstone renders it
// (templates/httpd/*.conf.tmpl): compiled rules count on it. The error says that
// the version is none.
func RenderedModule(version string, flow claims.Flow) (claims.Module, error) {
	m, err := claims.NewModule(claims.AuthOpenIDC, version, flow)
	m.Prefix, m.Delimiter, m.PassAs, m.RemoteUser = Prefix, ";", claims.Environment, "sub"
	return m, err
}

// BearerModule is the module of a platform that verifies the provider's bearer
// tokens, set up as fedstone renders it: mod_oauth2 where httpd.strategy names it. Of SAML
// it is what stands for the service provider.
func BearerModule(target platform.Platform, idp spec.IdentityProvider) (claims.Module, error) {
	if idp.SAML != nil {
		return samlModule(target, idp)
	}
	if !idp.Bearer.ListsAsJSON || !target.OAuth2.Shipped() {
		return RenderedModule(target.Module, claims.Bearer)
	}
	m, err := claims.NewModule(claims.OAuth2, target.OAuth2.Module, claims.Bearer)
	m.Prefix, m.PassAs, m.RemoteUser = Prefix, claims.Environment, "sub"
	return m, err
}
