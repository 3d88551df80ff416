package spec

import (
	"fmt"
	"slices"
	"strings"
)

// Variable gives the NAME of env(NAME): a variable of Keystone's environment that
// is no claim, such as REMOTE_USER. No claim can have a name in that form, since
// claims that can be named have no parentheses.
func Variable(claim string) (name string, ok bool) {
	inner, opened := strings.CutPrefix(claim, "env(")
	name, closed := strings.CutSuffix(inner, ")")
	return name, opened && closed
}

// fromRequest are the variables that httpd makes of what the client sends
// (RFC 3875 section 4.1; server/util_script.c, ap_add_common_vars and ap_add_cgi_vars).
func fromRequest() []string {
	return []string{"CONTENT_LENGTH", "CONTENT_TYPE", "PATH_INFO", "PATH_TRANSLATED", "QUERY_STRING", "REMOTE_HOST", "REMOTE_IDENT", "REMOTE_PORT",
		"REQUEST_METHOD", "REQUEST_SCHEME", "REQUEST_URI", "SCRIPT_FILENAME", "SCRIPT_NAME", "SCRIPT_URI", "SCRIPT_URL",
		"SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SSL_TLS_SNI", "UNIQUE_ID", "URL"}
}

// chosenByClient reports whether a variable is made of the request: also behind an
// internal redirect, which puts REDIRECT_ before the names, and by mod_wsgi.
func chosenByClient(name string) bool {
	if strings.HasPrefix(name, "wsgi.") || strings.HasPrefix(name, "mod_wsgi.") {
		return true
	}
	return slices.Contains(fromRequest(), withoutRedirects(name))
}

func isHeader(name string) bool { return strings.HasPrefix(withoutRedirects(name), "HTTP_") }

func withoutRedirects(name string) string {
	name = strings.ToUpper(name)
	for strings.HasPrefix(name, "REDIRECT_") {
		name = strings.TrimPrefix(name, "REDIRECT_")
	}
	return name
}

// claimPrefix stands before every claim's name in the environment that is rendered.
const claimPrefix = "OIDC-"

// variableError: what a client can set would let anybody be anybody.
func variableError(name string) error {
	switch {
	case isHeader(name):
		return fmt.Errorf("env(%s) is a request header, which every client can forge: a rule would let anybody be anybody", short(name))
	case chosenByClient(name):
		return fmt.Errorf("env(%s) is made of the request, so that every client can choose it", short(name))
	case strings.HasPrefix(name, claimPrefix):
		return fmt.Errorf("env(%s) is the claim {%s}, expected the claim", short(name), short(strings.TrimPrefix(name, claimPrefix)))
	case !claimName().MatchString(name):
		return fmt.Errorf("%s is not the name of a variable (letters, digits, . _ - : / @)", show(name))
	}
	return nil
}
