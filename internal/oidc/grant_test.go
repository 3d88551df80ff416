package oidc_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/secret"
)

func discovered(t *testing.T, op *optest.Server) (*http.Client, *oidc.Document) {
	t.Helper()
	web := client(t, op)
	doc, err := oidc.Discover(t.Context(), web, op.URL)
	if err != nil {
		t.Fatal(err)
	}
	return web, doc
}

func cli(password string) oidc.Client {
	return oidc.Client{ID: "cli", Secret: secret.New(password)}
}

func TestGrants(t *testing.T) {
	for name, methods := range map[string][]string{"basic": nil, "post": {"client_secret_post"}} {
		t.Run(name, func(t *testing.T) {
			op := optest.New(t)
			if methods != nil {
				op.Document["token_endpoint_auth_methods_supported"] = methods
			}
			web, doc := discovered(t, op)
			own, err := oidc.ClientCredentials(t.Context(), web, doc, cli("cli-secret-canary"), []string{"openid"})
			if err != nil {
				t.Fatal(err)
			}
			expectSubject(t, own, "service-cli")
			person, err := oidc.Password(t.Context(), web, doc, cli("cli-secret-canary"), "alice", secret.New("alice-password-canary"), nil)
			if err != nil {
				t.Fatal(err)
			}
			expectSubject(t, person, "alice")
			if op.Asked("/token") != 2 {
				t.Errorf("%d requests for two tokens", op.Asked("/token"))
			}
		})
	}
}

func expectSubject(t *testing.T, got oidc.Tokens, want string) {
	t.Helper()
	token, err := oidc.ParseToken(got.Access.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	if sub, _ := token.Claims.Text("sub"); sub != want || got.Expiry.IsZero() || got.ID.Empty() {
		t.Errorf("token of %q, expiry %v, want one of %q with expiry and ID token", sub, got.Expiry, want)
	}
}

func TestGrantRefusals(t *testing.T) {
	echo := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			_, password, _ := r.BasicAuth()
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			_, _ = w.Write([]byte(strings.ReplaceAll(body, "ECHO", password)))
		}
	}
	cases := map[string]struct {
		handler http.HandlerFunc
		kind    oidc.Kind
		text    string
	}{
		"wrong secret":      {nil, oidc.GrantRefused, "invalid_client"},
		"echoed in a page":  {echo(500, "<html>ECHO</html>"), oidc.GrantRefused, "500"},
		"echoed as no JSON": {echo(200, "ECHO"), oidc.Malformed, "RFC 6749"},
		"no access token":   {echo(200, `{"token_type":"Bearer","x":"ECHO"}`), oidc.Malformed, ""},
		"control in error":  {echo(400, `{"error":"bad\u001b[31m"}`), oidc.GrantRefused, `\x1b`},
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://elsewhere.example.net/?a=b", http.StatusTemporaryRedirect)
		}, oidc.Redirect, "elsewhere.example.net"},
		"hang up": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, oidc.Network, ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			op := optest.New(t)
			if tc.handler != nil {
				op.Handle("/token", tc.handler)
			}
			web, doc := discovered(t, op)
			_, err := oidc.ClientCredentials(t.Context(), web, doc, cli("wrong-secret-canary"), nil)
			expectError(t, err, tc.kind, tc.text)
			if strings.Contains(err.Error(), "canary") {
				t.Errorf("%q holds the secret", err)
			}
		})
	}
}

func TestRevoke(t *testing.T) {
	op := optest.New(t)
	web, doc := discovered(t, op)
	if err := oidc.Revoke(t.Context(), web, doc, cli("cli-secret-canary"), secret.New("t1")); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"t1"}, op.Revoked()); diff != "" {
		t.Error(diff)
	}
	expectError(t, oidc.Revoke(t.Context(), web, doc, cli("wrong"), secret.New("t1")), oidc.Status, "401")
	doc.RevocationEndpoint = ""
	if err := oidc.Revoke(t.Context(), web, doc, cli("wrong"), secret.New("t1")); err != nil {
		t.Errorf("a provider without the endpoint: %v", err)
	}
}

func TestTokenFile(t *testing.T) {
	cases := map[string]struct {
		text string
		mode os.FileMode
		kind oidc.Kind
	}{
		"right":          {"a.b.c\n", 0o600, ""},
		"readable":       {"a.b.c", 0o644, oidc.BadFile},
		"empty":          {"\n", 0o600, oidc.BadFile},
		"two":            {"a.b.c\nd.e.f", 0o600, oidc.BadFile},
		"a header":       {"a\r\nX-Evil: 1", 0o600, oidc.BadFile},
		"too long":       {strings.Repeat("a", 40_000), 0o600, oidc.TooLarge},
		"not characters": {"a\x00b", 0o600, oidc.BadFile},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "token")
			if err := os.WriteFile(path, []byte(tc.text), tc.mode); err != nil {
				t.Fatal(err)
			}
			got, err := oidc.TokenFile(path)
			if oidc.KindOf(err) != tc.kind {
				t.Fatalf("got %v, want kind %q", err, tc.kind)
			}
			if tc.kind == "" && got.Reveal() != "a.b.c" {
				t.Errorf("got %q", got.Reveal())
			}
		})
	}
	if _, err := oidc.TokenFile(t.TempDir()); oidc.KindOf(err) != oidc.BadFile {
		t.Errorf("a folder: %v", err)
	}
}
