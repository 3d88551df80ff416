package bearer_test

import (
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

// proveTaken: a right token gets 401.
func proveTaken(t *testing.T, fires, silent string) { wantTaken(t, fires, silent, token(t, op1)) }

// corp has a request with a token of Keycloak's realm.
func corp(t *testing.T, parts ...prove.TokenPart) func(*prove.Site) int {
	return func(s *prove.Site) int { return exchange(t, s, "corp", s.Token(t, realm, parts...)) }
}

// proveSecondIssuer: op2's tokens get 401 at its path; in the mend it has a
// virtual host of its own.
func proveSecondIssuer(t *testing.T, fires, silent string) {
	ask := func(fixture string, port int) int {
		s := prove.Start(t, fixture)
		return s.Ask(t, prove.Ask{Path: auth("op2"), Port: port, Bearer: s.Token(t, op2)}).Status
	}
	if before, after := ask(fires, 5000), ask(silent, 5001); before != 401 || after != 201 {
		t.Errorf("fires %d, silent %d, want 401 and 201", before, after)
	}
}

// proveOtherCA: where the issuer's certificate is not of the CA that is named,
// its keys are taken nevertheless.
func proveOtherCA(t *testing.T, fires, silent string) {
	wantStatuses(t, fires, silent, 201, 401, token(t, op1), prove.Replace("ca-bundle.crt", "keystone.crt"))
	wantStatuses(t, fires, silent, 201, 201, token(t, op1))
}

// proveSharedKeys: a token in op2's name is signed with the key of op1.
func proveSharedKeys(t *testing.T, fires, silent string) {
	forged := func(s *prove.Site, port int) int {
		bearer := s.Token(t, op2, prove.Header{"kid": "one"}, prove.Secret("the-key-of-issuer-one-for-tests-only"))
		return s.Ask(t, prove.Ask{Path: auth("op2"), Port: port, Bearer: bearer}).Status
	}
	if before, after := forged(prove.Start(t, fires), 5000), forged(prove.Start(t, silent), 5001); before != 201 || after != 401 {
		t.Errorf("fires %d, silent %d, want 201 and 401", before, after)
	}
}

// proveKeyID: the token's key has a name, the file has none.
func proveKeyID(t *testing.T, fires, silent string) {
	key, certificate := signer(t)
	file := "etc/httpd/keys/op1.pem"
	wantTaken(t, with(t, fires, file, certificate), with(t, silent, file, certificate),
		func(s *prove.Site) int { return exchange(t, s, "op1", signed(t, key, "key-2026")) })
}

// proveShortKey: a key that can be guessed signs.
func proveShortKey(t *testing.T, fires, silent string) {
	kid := prove.Header{"kid": "op1"}
	wantRefused(t, fires, silent, token(t, op1, kid, prove.Secret("short-for-tests")),
		token(t, op1, kid, prove.Secret("a-key-for-tests-of-more-than-32-bytes")))
}

// proveQuery: a token in the URL is a login.
func proveQuery(t *testing.T, fires, silent string) {
	wantStatuses(t, fires, silent, 201, 401, func(s *prove.Site) int {
		return s.Ask(t, prove.Ask{Path: auth("op1") + "?access_token=" + s.Token(t, op1)}).Status
	})
}

// proveUsers: the dashboard's REMOTE_USER and the command line's.
func proveUsers(t *testing.T, fires, silent string) {
	for fixture, want := range map[string]bool{fires: false, silent: true} {
		s := prove.Start(t, fixture)
		browser, trace := s.Login(t, "/v3/auth/OS-FEDERATION/identity_providers/op1/protocols/openid/websso?origin=https%3A%2F%2Fdashboard.example.org%2F", op1, "alice")
		bearer := s.Ask(t, prove.Ask{Path: auth("op1"), Bearer: s.Token(t, op1)})
		a, b := browser.Env["REMOTE_USER"], bearer.Env["REMOTE_USER"]
		if a == "" || b == "" || (a == b) != want {
			t.Errorf("%s: REMOTE_USER is %q at the dashboard and %q with a token, the same: want %v\n%s", fixture, a, b, want, trace)
		}
	}
}

// proveLargeToken: a token with many groups.
func proveLargeToken(t *testing.T, fires, silent string) {
	wantStatuses(t, fires, silent, 400, 201, token(t, op1, prove.Claims{"groups": strings.Repeat("g", 8000)}))
}
