package keystone

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/subject"
)

// mappedMethods are the methods of Keystone's own that take a federated login
// (setup.cfg, keystone.auth.openid …), so that a protocol may have their names.
var mappedMethods = []string{"openid", "saml2", "mapped", "x509"}

// drivers are the methods that Keystone brings, each with its drivers.
func drivers() map[string][]string {
	only := []string{"default"}
	return map[string][]string{
		"openid": only, "saml2": only, "mapped": only, "x509": only, "kerberos": only,
		"password": only, "token": only, "oauth1": only, "totp": only, "application_credential": only,
		"external": {"default", "DefaultDomain", "Domain"},
	}
}

// usual is [auth] methods where keystone.conf does not set it (keystone/conf/constants.py).
var usual = []string{"external", "password", "token", "oauth1", "mapped", "application_credential"}

// methods gives [auth] methods: those that are set, or else Keystone's own. ok is false
// where they cannot be told.
func methods(s *subject.Site) (names []string, at oslo.Value, set, ok bool) {
	all, at, ok := text(s, "auth", "methods")
	if at.Key == "" {
		return usual, at, false, whole(s)
	}
	return oslo.AsList(all), at, true, ok
}

// known gives the methods that Keystone brings.
func known() []string {
	var out []string
	for name := range drivers() {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// odd reports a method that is none for its writing: quotes, blanks, comments.
func odd(method string) bool { return strings.ContainsAny(method, "\"' #\n\t") }
