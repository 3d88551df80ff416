package prove_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/validate/prove"
)

// TestLogin: a browser comes from the websso path over the issuer to the application, and from the global path over
// the module's page of issuers.
func TestLogin(t *testing.T) {
	t.Parallel()
	site := prove.Start(t, "testdata/good")
	if got := site.Ask(t, prove.Ask{Path: websso}); got.Status != 302 {
		t.Errorf("without a session: %d, want 302", got.Status)
	}
	for path, issuer := range map[string]string{websso: op1, global: op2} {
		got, trace := site.Login(t, path, issuer, "bob")
		if got.Status != 200 || got.Env["OIDC-iss"] != issuer || got.Env["OIDC-preferred_username"] != "bob" {
			t.Errorf("%s: %d %v\n%s\n%s", path, got.Status, got.Names("OIDC-"), trace, got.Body)
		}
	}
	_, trace := site.Login(t, websso, op1, "bob")
	const own = "https://keystone.example.org:5000/v3/"
	want := prove.Trace{
		{"GET", own + "auth/OS-FEDERATION/identity_providers/op1/protocols/openid/websso", 302},
		{"GET", own + "OS-FEDERATION/redirect_uri", 302},
		{"GET", op1 + "/auth", 200},
		{"POST", op1 + "/auth", 302},
		{"GET", own + "OS-FEDERATION/redirect_uri", 302},
		{"GET", own + "auth/OS-FEDERATION/identity_providers/op1/protocols/openid/websso", 200},
	}
	if diff := cmp.Diff(want, trace); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
