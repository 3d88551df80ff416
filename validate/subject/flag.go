package subject

import "strings"

// IsOn reports whether a word switches a flag on: for httpd that is On, for
// mod_auth_openidc also true, yes and 1 (src/parse.c, oidc_parse_boolean).
func IsOn(word string) bool {
	switch strings.ToLower(word) {
	case "on", "true", "yes", "1":
		return true
	}
	return false
}

// IsOff reports whether a word switches a flag off, as IsOn for on.
func IsOff(word string) bool {
	switch strings.ToLower(word) {
	case "off", "false", "no", "0":
		return true
	}
	return false
}
