package templates

import (
	"fmt"
	"strings"
)

// longestName is what file systems take, less the longest suffix and the
// writer's own while a file is being written.
const longestName = 255 - len(".provider") - len(".fedstone-0123456789")

// MetadataName gives the base name under which mod_auth_openidc looks for an
// issuer's files (oidc_metadata_issuer_to_filename): the scheme and one final
// slash removed, every byte but unreserved ones percent-encoded in upper case.
func MetadataName(issuer string) (string, error) {
	rest, https := strings.CutPrefix(issuer, "https://")
	if !https {
		rest = strings.TrimPrefix(rest, "http://")
	}
	name := escape(strings.TrimSuffix(rest, "/"))
	switch {
	case name == "" || strings.HasPrefix(name, "."):
		return "", fmt.Errorf("issuer %q gives no usable file name, expected https://host/path", issuer)
	case len(name) > longestName:
		return "", fmt.Errorf("issuer gives a file name of %d bytes, expected at most %d; mod_auth_openidc allows no other name, so a shorter issuer is needed", len(name), longestName)
	}
	return name, nil
}

// escape percent-encodes as curl_easy_escape does.
func escape(s string) string {
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
