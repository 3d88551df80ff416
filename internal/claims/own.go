package claims

import (
	"slices"
	"strings"
)

// ownNames are the variables that httpd and mod_wsgi set on every request
// (ap_add_common_vars, ap_add_cgi_vars, wsgi_build_environment).
const ownNames = ` AUTH_TYPE CONTEXT_DOCUMENT_ROOT CONTEXT_PREFIX DOCUMENT_ROOT GATEWAY_INTERFACE PATH_INFO PATH_TRANSLATED ` +
	`QUERY_STRING REMOTE_ADDR REMOTE_PORT REMOTE_USER REQUEST_METHOD REQUEST_SCHEME REQUEST_URI SCRIPT_FILENAME SCRIPT_NAME ` +
	`SERVER_ADDR SERVER_ADMIN SERVER_NAME SERVER_PORT SERVER_PROTOCOL SERVER_SIGNATURE SERVER_SOFTWARE `

func own(name string) bool { return name != "" && strings.Contains(ownNames, " "+name+" ") }

// overwritten reports whether httpd or mod_wsgi overwrite a variable. AUTH_TYPE is the
// business of the module: mod_oauth2 leaves it alone.
func (m Module) overwritten(name string) bool {
	if m.Name == OAuth2 && strings.EqualFold(name, "AUTH_TYPE") {
		return false
	}
	return own(strings.ToUpper(name)) || strings.HasPrefix(name, "mod_wsgi.") || strings.HasPrefix(name, "wsgi.")
}

// extra are the variables that a module adds besides claims.
func (m Module) extra() []string {
	if m.Name == OAuth2 {
		return []string{m.Prefix + "access_token", "OAUTH2_BEARER_SCOPE_ERROR"}
	}
	names := strings.Fields(`OIDC_access_token OIDC_access_token_expires OIDC_refresh_token OIDC_id_token OIDC_id_token_payload
		OIDC_userinfo_json OIDC_userinfo_jwt OIDC_OAUTH_BEARER_SCOPE_ERROR`)
	if m.since("2.4.15") {
		names = append(names, "OIDC_signed_jwt")
	}
	if m.since("2.4.20") {
		names = append(names, "OIDC_access_token_type", "OIDC_scope")
	}
	return names
}

// Knows tells of a name that is not among the variables whether something else
// than a claim can set it, and who; "" where nobody does, so that a rule which
// reads it is likely mistyped.
func (e Environ) Knows(name string) string {
	header, isHeader := strings.CutPrefix(name, "HTTP_")
	switch {
	case own(name), name == "PATH", name == "CONTENT_TYPE", name == "CONTENT_LENGTH":
		return "httpd sets it on every request"
	case strings.HasPrefix(name, "mod_wsgi."), strings.HasPrefix(name, "wsgi."):
		return "mod_wsgi sets it"
	case strings.HasPrefix(name, "SSL_"):
		return "mod_ssl sets it, with SSLOptions +StdEnvVars"
	case e.module.Name != "" && slices.Contains(e.module.extra(), name):
		return e.module.Name + " sets it itself"
	case isHeader && header != "" && !e.ofClaims(name):
		return "a header of the request: whoever sends the request chooses its value"
	}
	return ""
}

// ofClaims reports whether a header's name lies where the module puts claims.
func (e Environ) ofClaims(name string) bool {
	return e.module.Prefix != "" && strings.HasPrefix(name, expectedName(e.module.Prefix))
}
