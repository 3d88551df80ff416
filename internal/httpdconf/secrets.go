package httpdconf

import "strings"

// Secret reports whether a directive's arguments are a secret or may hold one,
// so that they must not be shown. It errs on the side of silence: a name that
// speaks of secrets counts, known or not.
func Secret(name string) bool {
	folded := fold(name)
	for _, part := range [...]string{"secret", "password", "passphrase", "sharedkeys", "bearertoken", "dialog"} {
		if strings.Contains(folded, part) {
			return true
		}
	}
	return carriesSecret(folded)
}

// carriesSecret names the directives that are no secret by themselves, but in
// whose arguments one is often found: a header, a variable, a parameter string,
// a URL with a password, a key that may be given in place.
func carriesSecret(folded string) bool {
	switch folded {
	case "define", "use", "setenv", "setenvif", "setenvifnocase", "header", "requestheader",
		"proxypass", "proxypassmatch", "proxyset", "balancermember", "dbdparams",
		"wsgidaemonprocess", "oauth2tokenverify", "oauth2targetpass",
		"oidcauthrequestparams", "oidcpathauthrequestparams", "oidclogoutrequestparams",
		"oidcprovidertokenendpointparams", "oidcoauthintrospectionendpointparams",
		"oidcproviderregistrationendpointjson":
		return true
	}
	return false
}
