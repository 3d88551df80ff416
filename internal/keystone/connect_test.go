package keystone_test

import (
	"context"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/keystone/keystonetest"
)

func lookup(env map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, set := env[name]
		return value, set
	}
}

func TestConnectRefuses(t *testing.T) {
	full := map[string]string{
		"OS_AUTH_URL": "https://keystone.example.org", "OS_USERNAME": "admin", "OS_PASSWORD": "p4ssw0rd-of-admin",
		"OS_USER_DOMAIN_NAME": "Default", "OS_PROJECT_NAME": "admin", "OS_PROJECT_DOMAIN_NAME": "Default",
	}
	cases := map[string]struct {
		set  map[string]string // besides full; "" takes away
		says string
	}{
		"nothing at all": {map[string]string{"OS_AUTH_URL": "", "OS_USERNAME": "", "OS_PASSWORD": "", "OS_USER_DOMAIN_NAME": "", "OS_PROJECT_NAME": ""},
			"not set: OS_AUTH_URL, OS_PASSWORD, OS_USERNAME, OS_USER_DOMAIN_NAME or OS_USER_DOMAIN_ID, OS_PROJECT_NAME"},
		"no project domain":       {map[string]string{"OS_PROJECT_DOMAIN_NAME": ""}, "not set: OS_PROJECT_DOMAIN_NAME"},
		"token without scope":     {map[string]string{"OS_TOKEN": "t", "OS_PASSWORD": "", "OS_PROJECT_NAME": ""}, "not set: OS_PROJECT_NAME"},
		"credential, no secret":   {map[string]string{"OS_APPLICATION_CREDENTIAL_ID": "x"}, "not set: OS_APPLICATION_CREDENTIAL_SECRET"},
		"http":                    {map[string]string{"OS_AUTH_URL": "http://keystone.example.org"}, "clear text"},
		"http, loopback by name":  {map[string]string{"OS_AUTH_URL": "http://localhost.example.org"}, "clear text"},
		"no scheme":               {map[string]string{"OS_AUTH_URL": "keystone.example.org:5000"}, "is not a URL"},
		"version 2":               {map[string]string{"OS_AUTH_URL": "https://keystone.example.org/v2.0/"}, "end it with /v3"},
		"password in the address": {map[string]string{"OS_AUTH_URL": "https://a:b@keystone.example.org"}, "holds a user or password"},
		"no such CA file":         {map[string]string{"OS_CACERT": "/nonexistent/ca.pem"}, "CA file"},
		"a CA file without any":   {map[string]string{"OS_CACERT": "connect_test.go"}, "no PEM certificate"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			env := map[string]string{}
			for _, from := range []map[string]string{full, c.set} {
				for k, v := range from {
					env[k] = v
				}
			}
			_, err := keystone.Connect(t.Context(), keystone.Auth{LookupEnv: lookup(env)})
			if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), full["OS_PASSWORD"]) {
				t.Errorf("want %q, got: %v", c.says, err)
			}
		})
	}
}

// TestGivenTokenLives logs in with a token: one of our own is made and revoked,
// the operator's stays.
func TestGivenTokenLives(t *testing.T) {
	server := keystonetest.New(t)
	first, err := keystone.Connect(t.Context(), keystone.Auth{LookupEnv: lookup(server.Env())})
	if err != nil {
		t.Fatal(err)
	}
	env := server.Env()
	delete(env, "OS_PASSWORD")
	env["OS_TOKEN"] = first.Token()
	second, err := keystone.Connect(t.Context(), keystone.Auth{LookupEnv: lookup(env)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // as after an interrupt
	if err := keystone.Revoke(ctx, second); err != nil {
		t.Error(err)
	}
	if n := server.ValidTokens(); n != 1 {
		t.Errorf("%d tokens are valid, want the given one", n)
	}
	if _, err := keystone.ListIdentityProviders(t.Context(), first); err != nil {
		t.Errorf("the given token: %v", err)
	}
}

func TestConnectOverTLS(t *testing.T) {
	inner := keystonetest.New(t)
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "reached", http.StatusTeapot)
	}))
	defer server.Close()
	ca := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(ca, block, 0o600); err != nil {
		t.Fatal(err)
	}
	env := inner.Env()
	env["OS_AUTH_URL"] = server.URL
	for file, says := range map[string]string{"": "certificate signed by unknown authority", ca: "answer 418 (reached"} {
		_, err := keystone.Connect(t.Context(), keystone.Auth{CAFile: file, LookupEnv: lookup(env)})
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("CA file %q: want %q, got: %v", file, says, err)
		}
	}
}

// TestRedirectIsNotFollowed: the token would go along.
func TestRedirectIsNotFollowed(t *testing.T) {
	server := keystonetest.New(t)
	client, err := keystone.Connect(t.Context(), keystone.Auth{LookupEnv: lookup(server.Env())})
	if err != nil {
		t.Fatal(err)
	}
	carried := false
	thief := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		carried = true
	}))
	defer thief.Close()
	server.Intercept(func(http.Handler) http.Handler { return http.RedirectHandler(thief.URL, http.StatusTemporaryRedirect) })
	_, err = keystone.ListIdentityProviders(t.Context(), client)
	if err == nil || !strings.Contains(err.Error(), "answer 307") || carried {
		t.Errorf("followed: %v, error: %v", carried, err)
	}
}

// TestIDsStayInTheirPlace: an id is one segment of the path, whatever it holds.
func TestIDsStayInTheirPlace(t *testing.T) {
	server := keystonetest.New(t)
	client, err := keystone.Connect(t.Context(), keystone.Auth{LookupEnv: lookup(server.Env())})
	if err != nil {
		t.Fatal(err)
	}
	var asked string
	server.Intercept(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked = r.RequestURI
			next.ServeHTTP(w, r)
		})
	})
	for id, want := range map[string]string{"a/b": "a%2Fb", "a b?c#d": "a%20b%3Fc%23d", "é": "%C3%A9"} {
		if _, err := keystone.GetMapping(t.Context(), client, id); !keystone.IsNotFound(err) {
			t.Errorf("%q: %v", id, err)
		}
		if asked != "/v3/OS-FEDERATION/mappings/"+want {
			t.Errorf("%q: asked for %s", id, asked)
		}
	}
}

// TestMappingPassesThrough keeps what gophercloud's own types would drop.
func TestMappingPassesThrough(t *testing.T) {
	server := keystonetest.New(t)
	client, err := keystone.Connect(t.Context(), keystone.Auth{LookupEnv: lookup(server.Env())})
	if err != nil {
		t.Fatal(err)
	}
	rules := `[{"local":[],"remote":[{"any_one_of":[],"type":"a"},{"type":"b","whitelist":[]}]}]`
	if err := keystone.CreateMapping(t.Context(), client, keystone.Mapping{ID: "m", Rules: json.RawMessage(rules)}); err != nil {
		t.Fatal(err)
	}
	got, err := keystone.GetMapping(t.Context(), client, "m")
	if err != nil || string(got.Rules) != rules {
		t.Errorf("got %s (%v), want %s", got.Rules, err, rules)
	}
}
