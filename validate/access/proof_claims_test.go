package access_test

import (
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

// proveForged: a claim that the client has made up reaches Keystone where it asks for
// tokens by their content, and httpd for no login.
func proveForged(t *testing.T, fires, silent string) {
	forged := prove.Ask{Method: "POST", Path: "/v3/auth/tokens", Header: map[string]string{"OIDC-iss": op1}}
	if got := start(t, fires).Ask(t, forged); got.Env["HTTP_OIDC_ISS"] != op1 {
		t.Errorf("%d, want the client's HTTP_OIDC_ISS in the environment: %v", got.Status, got.Names("HTTP_OIDC"))
	}
	got := start(t, silent).Ask(t, forged)
	if _, there := got.Env["HTTP_OIDC_ISS"]; there || got.Env == nil {
		t.Errorf("mended: %d, want Keystone's answer without the client's claim: %v", got.Status, got.Names("HTTP_OIDC"))
	}
}

// proveLostClaim: the claim of a genuine token does not arrive.
func proveLostClaim(t *testing.T, fires, silent string) {
	for fixture, want := range map[string]string{fires: "", silent: op1} {
		s := start(t, fixture)
		got := s.Ask(t, prove.Ask{Method: "POST", Path: auth("op1"), Bearer: s.Token(t, op1)})
		if got.Status != 201 || got.Env["HTTP_OIDC_ISS"] != want {
			t.Errorf("%s: %d with HTTP_OIDC_ISS %q, want 201 with %q", fixture, got.Status, got.Env["HTTP_OIDC_ISS"], want)
		}
	}
}
