package access_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

// TestProof shows on httpd and mod_auth_openidc what the rules say: with the
// configuration that fires the symptom, and without it the mend.
func TestProof(t *testing.T) {
	t.Parallel()
	for slug, proof := range map[string]func(t *testing.T, fires, silent string){
		"require-misspelt":             proveRefusal("Unknown Authz provider"),
		"empty-require-container":      proveRefusal("contains no authorization directives"),
		"require-only-negative":        proveRefusal("contains only negative authorization directives"),
		"location-is-no-path":          proveToken(op1Token, auth("op1"), 403, 201),
		"location-mistyped":            proveToken(op1Token, auth("op1"), 403, 201),
		"location-outside-of-mount":    proveToken(op1Token, "/identity"+auth("op1"), 403, 201),
		"location-ends-in-slash":       proveToken(op1Token, auth("op1"), 403, 201),
		"location-misses-slash":        proveUnasked(auth("op1")+"/", 401),
		"location-pattern-unescaped":   proveToken(op1Token, auth("op-corp"), 201, 403),
		"location-pattern-unanchored":  proveElsewhere,
		"pattern-opens-every-provider": proveToken(op1Token, auth("op7"), 201, 403),
		"denied-by-mistake":            proveToken(op1Token, auth("op1"), 403, 201),
		"door-twice":                   proveToken(wikiToken, auth("op1"), 201, 401),
		"door-overruled":               proveToken(wikiToken, auth("op1"), 201, 401),
		"include-not-read":             proveUnasked(websso("op1"), 401),
		"include-misplaced":            proveNeighbour,
		"authtype-without-require":     proveToken(op1Token, auth("op1"), 403, 201),
		"require-without-authtype":     proveToken(op1Token, auth("op1"), 500, 201),
		"unknown-auth-type":            proveToken(op1Token, auth("op1"), 500, 201),
		"auth-type-without-module":     proveToken(op1Token, auth("op1"), 500, 201),
		"auth-path-for-browsers-only":  proveToken(op1Token, auth("op1"), 302, 201),
		"door-granted":                 proveUnasked(auth("op1"), 401),
		"auth-merging-opens":           proveUnasked(auth("op1"), 401),
		"satisfy-any":                  proveUnasked(auth("op1"), 401),
		"require-for-some-methods":     proveUnasked(auth("op1"), 403),
		"protection-undecided":         proveUnasked(auth("op1"), 403),
		"unauthenticated-pass":         proveUnasked(websso("op1"), 401),
		"issuer-check-void":            proveSession("op2", "op1"),
		"websso-without-issuer":        proveSession("op1", "op2"),
		"claim-name-ambiguous":         proveOddClaim,
		"login-dead-end":               proveDeadEnd,
		"issuer-not-known":             proveNoLogin,
		"claim-check-void":             proveToken(wikiToken, auth("op1"), 201, 401),
		"claim-pattern-unanchored":     proveToken(otherClient, auth("op1"), 201, 401),
		"federation-path-unprotected":  proveUnasked(byPrograms, 401),
		"federation-paths-not-closed":  proveUnasked(auth("op9"), 403),
		"deny-not-for-every-spelling":  proveUnasked(auth("op9")+"/", 403),
		"vhost-without-federation":     proveAdminPort,
		"door-without-provider":        proveUnknown,
		"provider-without-door":        proveToken(op1Token, byPrograms, 403, 201),
		"claims-forgeable":             proveForged,
		"header-unset-in-location":     proveForged,
		"header-unset-not-early":       proveLostClaim,
	} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			proof(t, filepath.Join("testdata", slug, "fires"), filepath.Join("testdata", slug, "silent"))
		})
	}
}

const op1, op2 = "https://op1.example.org", "https://op2.example.org"

func auth(idp string) string {
	return "/v3/OS-FEDERATION/identity_providers/" + idp + "/protocols/openid/auth"
}

func websso(idp string) string {
	return "/v3/auth/OS-FEDERATION/identity_providers/" + idp + "/protocols/openid/websso"
}

// start runs a fixture with the module of httpd 2.2's Order and Allow where it is used.
func start(t *testing.T, fixture string) *prove.Site {
	t.Helper()
	if strings.Contains(fixture, "satisfy-any") {
		return prove.Start(t, fixture, prove.Modules("access_compat"))
	}
	return prove.Start(t, fixture)
}

// tokenOf makes a token of an issuer that the site knows.
type tokenOf func(t *testing.T, s *prove.Site) string

// byPrograms is the auth path of a second protocol.
const byPrograms = "/v3/OS-FEDERATION/identity_providers/op1/protocols/mapped/auth"

func op1Token(t *testing.T, s *prove.Site) string { return s.Token(t, op1) }

func wikiToken(t *testing.T, s *prove.Site) string {
	return s.Token(t, op1, prove.Claims{"aud": "wiki"})
}

func otherClient(t *testing.T, s *prove.Site) string {
	return s.Token(t, op1, prove.Claims{"client_id": "not-our-cli-2"})
}

// proveToken expects a status for a token with the firing configuration, and another
// one with the mend.
func proveToken(token tokenOf, path string, fires, silent int) func(*testing.T, string, string) {
	return func(t *testing.T, first, second string) {
		for fixture, want := range map[string]int{first: fires, second: silent} {
			s := start(t, fixture)
			if got := s.Ask(t, prove.Ask{Method: "POST", Path: path, Bearer: token(t, s)}); got.Status != want {
				t.Errorf("%s: %d, want %d\n%s", fixture, got.Status, want, got.Body)
			}
		}
	}
}

// proveUnasked expects that a request without anything reaches Keystone with the
// firing configuration, and a status of httpd's with the mend.
func proveUnasked(path string, silent int) func(*testing.T, string, string) {
	return func(t *testing.T, first, second string) {
		if got := start(t, first).Ask(t, prove.Ask{Path: path}); got.Env == nil {
			t.Errorf("%d from httpd, want Keystone's answer\n%s", got.Status, got.Body)
		}
		got := start(t, second).Ask(t, prove.Ask{Path: path, Header: map[string]string{"Accept": "application/json"}})
		if got.Status != silent || got.Env != nil {
			t.Errorf("mended: %d, want httpd's %d", got.Status, silent)
		}
	}
}

// proveRefusal expects that httpd does not start, as -t says already.
func proveRefusal(why string) func(*testing.T, string, string) {
	return func(t *testing.T, fires, silent string) {
		got := prove.Refuses(t, fires)
		if got.TOk || !strings.Contains(got.Said, why) {
			t.Errorf("-t took it: %v; said, without %q:\n%s", got.TOk, why, got.Said)
		}
		start(t, silent)
	}
}

// proveElsewhere: the section also holds in the middle of another path, where the
// mended one does not.
func proveElsewhere(t *testing.T, fires, silent string) {
	path := "/anything" + auth("op1")
	if got := start(t, fires).Ask(t, prove.Ask{Path: path}); got.Status != 401 {
		t.Errorf("%d, want the section's 401", got.Status)
	}
	if got := start(t, silent).Ask(t, prove.Ask{Path: path}); got.Env == nil {
		t.Errorf("mended: %d from httpd, want Keystone's answer", got.Status)
	}
}

// proveAdminPort: the other virtual host asks for no login.
func proveAdminPort(t *testing.T, fires, silent string) {
	ask := prove.Ask{Path: auth("op1"), Port: 35357}
	if got := start(t, fires).Ask(t, ask); got.Env == nil {
		t.Errorf("%d from httpd, want Keystone's answer", got.Status)
	}
	if got := start(t, silent).Ask(t, ask); got.Status != 403 || got.Env != nil {
		t.Errorf("mended: %d, want httpd's 403", got.Status)
	}
}

// proveNeighbour: another service of the same httpd asks for Keystone's logins.
func proveNeighbour(t *testing.T, fires, silent string) {
	for fixture, want := range map[string]int{fires: 401, silent: 200} {
		if got := start(t, fixture).Ask(t, prove.Ask{Path: websso("op1"), Port: 8443, Host: "status.example.org"}); got.Status != want {
			t.Errorf("%s: %d, want %d\n%s", fixture, got.Status, want, got.Body)
		}
	}
}

// proveUnknown: what httpd lets through ends at Keystone, which does not know the
// identity provider of the path.
func proveUnknown(t *testing.T, fires, silent string) {
	mapping := json.RawMessage(`[{"local": [{"user": {"name": "{0}"}}], "remote": [{"type": "OIDC-sub"}]}]`)
	objects := prove.Objects{
		IdentityProviders: []prove.IdentityProvider{{ID: "op1", RemoteIDs: []string{op1}}},
		Protocols:         []prove.Protocol{{IdentityProvider: "op1", ID: "openid", Mapping: "corp"}},
		Mappings:          map[string]json.RawMessage{"corp": mapping},
	}
	keystone := prove.StartKeystone(t, silent, objects)
	for _, c := range []struct {
		fixture, idp string
		want         int
	}{{fires, "op_1", 404}, {silent, "op1", 201}} {
		s := start(t, c.fixture)
		passed := s.Ask(t, prove.Ask{Method: "POST", Path: auth(c.idp), Bearer: s.Token(t, op1)})
		if got := keystone.Ask(t, prove.Call{Env: passed.Env}); got.Status != c.want {
			t.Errorf("%s: httpd %d, Keystone %d, want %d (%s)", c.fixture, passed.Status, got.Status, c.want, got.Reason)
		}
	}
}
