package mapping

import "github.com/fedstone/fedstone/internal/claims"

// RenderedModule is a version of mod_auth_openidc, set up as fedstone renders it
// (templates/httpd/*.conf.tmpl): compiled rules count on it. The error says that
// the version is none.
func RenderedModule(version string, flow claims.Flow) (claims.Module, error) {
	m, err := claims.NewModule(claims.AuthOpenIDC, version, flow)
	m.Prefix, m.Delimiter, m.PassAs, m.RemoteUser = Prefix, ";", claims.Environment, "sub"
	return m, err
}
