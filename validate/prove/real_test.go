package prove_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/validate/prove"
)

// TestRealIssuer: the issuer of the test process and the lab's provider give httpd the same picture.
func TestRealIssuer(t *testing.T) {
	t.Parallel()
	ours, real := prove.Start(t, "testdata/good"), prove.Start(t, "testdata/good", prove.RealIssuer(op1))
	if diff := cmp.Diff(picture(t, real), picture(t, ours)); diff != "" {
		t.Errorf("(-real +ours)\n%s", diff)
	}
}

// seen is what httpd makes of a bearer token or a login.
type seen struct {
	Status int
	Env    map[string]string
	Steps  []int
}

func picture(t *testing.T, site *prove.Site) map[string]seen {
	t.Helper()
	bearer := site.Ask(t, prove.Ask{Method: "POST", Path: auth, Bearer: site.Token(t, op1)})
	garbage := site.Ask(t, prove.Ask{Method: "POST", Path: auth, Bearer: "garbage"})
	login, trace := site.Login(t, websso, op1, "bob")
	if login.Status != 200 {
		t.Errorf("login: %d\n%s%s", login.Status, trace, login.Body)
	}
	var steps []int
	for _, s := range trace {
		if strings.HasPrefix(s.URL, "https://keystone.") {
			steps = append(steps, s.Status)
		}
	}
	return map[string]seen{"bearer": {bearer.Status, claimsOf(bearer), nil}, "garbage": {garbage.Status, nil, nil}, "login": {login.Status, claimsOf(login), steps}}
}

// claimsOf are the claims that do not change with the time, nor name the token.
func claimsOf(a prove.Answer) map[string]string {
	claims := map[string]string{}
	for _, name := range []string{"OIDC-iss", "OIDC-sub", "OIDC-aud", "OIDC-client_id", "OIDC-preferred_username", "OIDC-email", "OIDC-email_verified", "OIDC-groups", "REMOTE_USER", "AUTH_TYPE"} {
		claims[name] = a.Env[name]
	}
	return claims
}
