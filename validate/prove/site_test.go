package prove_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/validate/prove"
)

const (
	op1, op2 = "https://op1.example.org", "https://op2.example.org"
	auth     = "/v3/OS-FEDERATION/identity_providers/op1/protocols/openid/auth"
	websso   = "/v3/auth/OS-FEDERATION/identity_providers/op1/protocols/openid/websso?origin=https%3A%2F%2Fdashboard.example.org%2F"
	global   = "/v3/auth/OS-FEDERATION/websso/openid"
)

// TestBearer: a token of the issuer comes through with its claims, all others end at httpd.
func TestBearer(t *testing.T) {
	t.Parallel()
	site := prove.Start(t, "testdata/good")
	for name, c := range map[string]struct {
		bearer string
		want   int
	}{
		"of the issuer":   {site.Token(t, op1), 201},
		"with ES256":      {site.Token(t, op1, prove.Header{"alg": "ES256"}), 201},
		"none at all":     {"", 401},
		"another key":     {site.Token(t, op1, prove.SignedBy(op2)), 401},
		"another kid":     {site.Token(t, op1, prove.Header{"kid": "other"}), 401},
		"another issuer":  {site.Token(t, op2), 401},
		"iss put over":    {site.Token(t, op1, prove.Claims{"iss": op2}), 401},
		"another aud":     {site.Token(t, op1, prove.Claims{"aud": "wiki"}), 401},
		"without aud":     {site.Token(t, op1, prove.Claims{"aud": nil}), 401},
		"expired":         {site.Token(t, op1, prove.Claims{"exp": 1}), 401},
		"not signed":      {site.Token(t, op1, prove.Header{"alg": "none"}), 401},
		"a shared secret": {site.Token(t, op1, prove.Secret("a-secret-of-this-test")), 401},
		"opaque":          {site.Opaque(t, op1), 401},
	} {
		got := site.Ask(t, prove.Ask{Method: "POST", Path: auth, Bearer: c.bearer})
		if got.Status != c.want || (got.Env != nil) != (c.want == 201) {
			t.Errorf("%s: %d with environment %v, want %d", name, got.Status, got.Env != nil, c.want)
		}
	}
}

// TestEnvironment: what reaches the application is there by name.
func TestEnvironment(t *testing.T) {
	t.Parallel()
	site := prove.Start(t, "testdata/good")
	got := site.Ask(t, prove.Ask{Path: auth, Bearer: site.Token(t, op1), Header: map[string]string{"X-Mine": "as it is"}})
	want := map[string]string{"OIDC-iss": op1, "OIDC-sub": "user-alice", "OIDC-groups": "readers;members", "REMOTE_USER": "user-alice",
		"HTTP_X_MINE": "as it is", "HTTP_HOST": "keystone.example.org:5000", "SERVER_NAME": "keystone.example.org"}
	seen := map[string]string{}
	for name := range want {
		seen[name] = got.Env[name]
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("%d (-want +got)\n%s", got.Status, diff)
	}
}

// TestRefuses: a fixture that only the module's own startup checks refuse.
func TestRefuses(t *testing.T) {
	t.Parallel()
	got := prove.Refuses(t, "testdata/no-redirect-uri")
	if want := "mandatory parameter 'OIDCRedirectURI' is not set"; !got.TOk || !contains(got.Said, want) {
		t.Errorf("-t took it: %v, want true; said, without %q:\n%s", got.TOk, want, got.Said)
	}
}
