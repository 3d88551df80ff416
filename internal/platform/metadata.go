package platform

import "strings"

// MetadataName is the base name under which mod_auth_openidc looks for an issuer's
// files (src/metadata.c, oidc_metadata_issuer_to_filename): the scheme and one final
// slash removed, and the rest escaped. It is not always a name that can be written.
func MetadataName(issuer string) string {
	rest, https := strings.CutPrefix(issuer, "https://")
	if !https {
		rest = strings.TrimPrefix(rest, "http://")
	}
	return Escape(strings.TrimSuffix(rest, "/"))
}

// Escape percent-encodes every byte but unreserved ones, in upper case, as the
// module does (curl_easy_escape).
func Escape(s string) string {
	const digits = "0123456789ABCDEF"
	out := make([]byte, 0, 2*len(s))
	for _, c := range []byte(s) {
		if unreserved(c) {
			out = append(out, c)
		} else {
			out = append(out, '%', digits[c>>4], digits[c&0xf])
		}
	}
	return string(out)
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
