package access_test

import (
	"strings"
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

// visit logs in on the websso path of one identity provider, at the issuer of its
// name, and opens the websso path of another one with the cookies it got.
func visit(t *testing.T, s *prove.Site, home, other string) prove.Answer {
	t.Helper()
	first, trace := s.Login(t, websso(home), "https://"+home+".example.org", "alice")
	cookie := first.Env["HTTP_COOKIE"]
	if cookie == "" {
		t.Fatalf("no session: %d\n%s%s", first.Status, trace, first.Body)
	}
	return s.Ask(t, prove.Ask{Path: websso(other), Header: map[string]string{"Cookie": cookie, "User-Agent": "prove", "Accept": "text/html"}})
}

// proveSession: the session of one issuer is taken on the path of another identity
// provider; with the mend it is sent to log in.
func proveSession(home, other string) func(*testing.T, string, string) {
	return func(t *testing.T, fires, silent string) {
		issuer := "https://" + home + ".example.org"
		if got := visit(t, start(t, fires), home, other); got.Env["OIDC-iss"] != issuer {
			t.Errorf("%d with OIDC-iss %q, want Keystone's answer with %s", got.Status, got.Env["OIDC-iss"], issuer)
		}
		if got := visit(t, start(t, silent), home, other); got.Env != nil || got.Status == 401 {
			t.Errorf("mended: %d with environment %v, want a login", got.Status, got.Env != nil)
		}
	}
}

// proveOddClaim: an issuer lets its user onto the path of another identity provider
// with a claim that is called iss:https.
func proveOddClaim(t *testing.T, fires, silent string) {
	odd := prove.WithIssuers(prove.Issuers{IDToken: func(issuer string, claims prove.Claims) {
		claims["iss:https"] = "//op1.example.org"
	}})
	if got := visit(t, prove.Start(t, fires, odd), "op2", "op1"); got.Env["OIDC-iss"] != op2 {
		t.Errorf("%d with OIDC-iss %q, want Keystone's answer with %s", got.Status, got.Env["OIDC-iss"], op2)
	}
	if got := visit(t, prove.Start(t, silent, odd), "op2", "op1"); got.Env != nil {
		t.Errorf("mended: %d from Keystone, want a login", got.Status)
	}
}

// proveDeadEnd: the session of another issuer gets httpd's 401; with the mend the
// browser is sent to log in.
func proveDeadEnd(t *testing.T, fires, silent string) {
	if got := visit(t, start(t, fires), "op1", "op2"); got.Status != 401 || got.Env != nil {
		t.Errorf("%d, want httpd's 401", got.Status)
	}
	got := visit(t, start(t, silent), "op1", "op2")
	if got.Status == 401 || got.Env != nil || !strings.Contains(got.Header.Get("Location")+got.Body, "op2.example.org") {
		t.Errorf("mended: %d, want the way to op2.example.org\n%s", got.Status, got.Body)
	}
}

// proveNoLogin: no login ever ends at Keystone.
func proveNoLogin(t *testing.T, fires, silent string) {
	if got, trace := start(t, fires).Login(t, websso("op1"), op1, "alice"); got.Env != nil {
		t.Errorf("%d from Keystone, want none\n%s", got.Status, trace)
	}
	if got, trace := start(t, silent).Login(t, websso("op1"), op1, "alice"); got.Env["OIDC-iss"] != op1 {
		t.Errorf("mended: %d, want Keystone's answer with %s\n%s%s", got.Status, op1, trace, got.Body)
	}
}
