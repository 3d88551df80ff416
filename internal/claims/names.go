package claims

import (
	"fmt"
	"strings"
)

// VariableName gives the name of the variable that holds a claim, without the
// prefix. The module makes the claim's name fit for a header: control characters and the
// separators of RFC 2616 become dashes (oidc_http_hdr_normalize_name,
// oauth2_normalize_header_name). Where char is signed, as on amd64, so does each
// byte of a character beyond ASCII, since it is less than 32.
func VariableName(claim string) string {
	b := []byte(claim)
	for i, c := range b {
		if c < 32 || c >= 127 || strings.IndexByte("()<>@,;:\\\"/[]?={} \t", c) >= 0 {
			b[i] = '-'
		}
	}
	return string(b)
}

func renamed(claim string) string {
	if VariableName(claim) == claim {
		return ""
	}
	return "characters that no header's name may have became dashes"
}

// cgiName gives the environment name of a header, or why there is none
// (httpd, server/util_script.c: http2env and ap_add_common_vars).
func cgiName(header string) (name, problem string) {
	switch lower(header) {
	case "content-type":
		return "CONTENT_TYPE", ""
	case "content-length":
		return "CONTENT_LENGTH", ""
	case "authorization", "proxy-authorization":
		return "", "httpd hands this header to programs only with CGIPassAuth On"
	case "proxy":
		return "", "httpd never hands this header to a program"
	}
	for _, r := range header {
		if r != '-' && (r >= 0x80 || !alphanumeric(r)) {
			return "", fmt.Sprintf("httpd drops the header form, because its name holds %q; only the environment form arrives", r)
		}
	}
	return expectedName(header), ""
}

func alphanumeric(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// expectedName is the name that people expect of a header.
func expectedName(header string) string {
	return "HTTP_" + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r < 0x80 && alphanumeric(r):
			return r
		default:
			return '_'
		}
	}, header)
}
