package prove_test

import (
	"testing"

	"github.com/fedstone/fedstone/validate/prove"
)

const corp = op1 + "/realms/corp"

// TestLayouts: whole trees of EL and Debian, other servers behind httpd, mod_oauth2, introspection.
func TestLayouts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		issuer string
		ask    prove.Ask
		open   int // with a token
		closed int // without one
		claim  string
	}{
		"el":            {corp, prove.Ask{Path: auth}, 201, 401, "OIDC-iss"},
		"debian":        {op1, prove.Ask{Path: auth}, 201, 401, "OIDC-iss"},
		"proxy":         {op1, prove.Ask{Path: auth}, 201, 401, "HTTP_OIDC_ISS"},
		"oauth2":        {op1, prove.Ask{Path: auth}, 201, 401, "OIDC-iss"},
		"introspection": {corp, prove.Ask{Path: auth}, 201, 401, "OIDC-iss"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site := prove.Start(t, "testdata/"+name)
			if got := site.Ask(t, c.ask); got.Status != c.closed || got.Env != nil {
				t.Errorf("without a token: %d, want %d", got.Status, c.closed)
			}
			c.ask.Bearer = site.Token(t, c.issuer)
			if got := site.Ask(t, c.ask); got.Status != c.open || got.Env[c.claim] != c.issuer {
				t.Errorf("with a token: %d %v, want %d and %s", got.Status, got.Env, c.open, c.claim)
			}
		})
	}
}

// TestPorts: httpd has port 443 although issuers answer there as well, and TLS is spoken where it is.
func TestPorts(t *testing.T) {
	t.Parallel()
	site := prove.Start(t, "testdata/el")
	if got := site.Ask(t, prove.Ask{Port: 443}); got.Status != 403 {
		t.Errorf("port 443: %d, want 403", got.Status)
	}
	if got := site.Ask(t, prove.Ask{Path: "/v3"}); got.Env["HTTPS"] != "1" && got.Env["wsgi.url_scheme"] != "https" {
		t.Errorf("port 5000: %d %v, want TLS", got.Status, got.Env)
	}
}

// TestUwsgi: variables arrive by the uwsgi protocol as well.
func TestUwsgi(t *testing.T) {
	t.Parallel()
	site := prove.Start(t, "testdata/proxy")
	got := site.Ask(t, prove.Ask{Path: "/identity/v3", Header: map[string]string{"OIDC-iss": "forged"}})
	if got.Status != 200 || got.Env["PATH_INFO"] != "/v3" || got.Env["HTTP_OIDC_ISS"] != "forged" {
		t.Errorf("%d %v", got.Status, got.Env)
	}
}
