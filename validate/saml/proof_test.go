package saml_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/validate/prove"
)

// The protected path, and the module's own that begins a login.
const (
	auth  = "/v3/OS-FEDERATION/identity_providers/corp/protocols/saml2/auth"
	login = "/v3/OS-FEDERATION/saml2/corp/login?ReturnTo=https://keystone.example.org:5000" + auth
)

// TestProof shows on httpd and mod_auth_mellon what the rules say: with the
// configuration that fires the symptom, and without it the mend.
func TestProof(t *testing.T) {
	for slug, proof := range map[string]func(t *testing.T, fires, silent string){
		"mellon-does-not-ask":       proveStatus(auth, http.StatusUnauthorized),
		"mellon-without-key":        proveStatus(login, http.StatusInternalServerError),
		"mellon-cookie-unprotected": proveCookie,
	} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			proof(t, filepath.Join("testdata", slug, "fires"), filepath.Join("testdata", slug, "silent"))
		})
	}
}

// start runs a fixture with mod_auth_mellon.
func start(t *testing.T, fixture string) *prove.Site {
	t.Helper()
	_, modules := labtest.Httpd(t)
	if _, err := os.Stat(filepath.Join(modules, "mod_auth_mellon.so")); err != nil {
		labtest.Require(t, "no mod_auth_mellon here; install libapache2-mod-auth-mellon")
	}
	return prove.Start(t, fixture, prove.Modules("auth_mellon"))
}

// proveStatus expects a status with the firing configuration, and with the mend that
// the request is sent on to log in.
func proveStatus(path string, fires int) func(*testing.T, string, string) {
	return func(t *testing.T, first, second string) {
		for fixture, want := range map[string]int{first: fires, second: http.StatusSeeOther} {
			if got := start(t, fixture).Ask(t, prove.Ask{Path: path}); got.Status != want {
				t.Errorf("%s: %d, want %d\n%s", fixture, got.Status, want, got.Body)
			}
		}
	}
}

// proveCookie looks at the cookie that a login begins with.
func proveCookie(t *testing.T, first, second string) {
	for fixture, want := range map[string]bool{first: false, second: true} {
		cookie := strings.ToLower(start(t, fixture).Ask(t, prove.Ask{Path: login}).Header.Get("Set-Cookie"))
		if !strings.HasPrefix(cookie, "mellon-corp=") || strings.Contains(cookie, "httponly") != want || strings.Contains(cookie, "secure") != want {
			t.Errorf("%s: the cookie is %q, HttpOnly and Secure are wanted: %v", fixture, cookie, want)
		}
	}
}
