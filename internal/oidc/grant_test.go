package oidc_test

import (
	"net/http"
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
	key := writtenKey(t)
	cases := map[string]struct {
		client  oidc.Client
		methods []string
	}{
		"basic":           {client: cli("cli-secret-canary")},
		"post":            {client: oidc.Client{ID: "cli", Secret: secret.New("cli-secret-canary"), SecretInBody: true}},
		"post alone":      {client: cli("cli-secret-canary"), methods: []string{"client_secret_post"}},
		"private_key_jwt": {client: oidc.Client{ID: "keyed", Key: key.loaded(t)}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			op := optest.New(t)
			op.ClientKeys = map[string]any{"keyed": key.public}
			if tc.methods != nil {
				op.Document["token_endpoint_auth_methods_supported"] = tc.methods
			}
			web, doc := discovered(t, op)
			own, err := oidc.ClientCredentials(t.Context(), web, doc, tc.client, []string{"openid"})
			expectSubject(t, own, err, "service-"+tc.client.ID)
			person, err := oidc.Password(t.Context(), web, doc, tc.client, "alice", secret.New("alice-password-canary"), nil)
			expectSubject(t, person, err, "alice")
			again, err := oidc.Refresh(t.Context(), web, doc, tc.client, person.Refresh, nil)
			expectSubject(t, again, err, "alice")
			if err := oidc.Revoke(t.Context(), web, doc, tc.client, again.Refresh); err != nil {
				t.Error(err)
			}
			if op.Asked("/token") != 3 {
				t.Errorf("%d requests for three tokens", op.Asked("/token"))
			}
		})
	}
}

func TestRefreshRotation(t *testing.T) {
	for name, keep := range map[string]bool{"rotated": false, "kept": true} {
		t.Run(name, func(t *testing.T) {
			op := optest.New(t)
			op.KeepRefresh = keep
			web, doc := discovered(t, op)
			first, err := oidc.Password(t.Context(), web, doc, cli("cli-secret-canary"), "alice", secret.New("alice-password-canary"), nil)
			expectSubject(t, first, err, "alice")
			second, err := oidc.Refresh(t.Context(), web, doc, cli("cli-secret-canary"), first.Refresh, nil)
			expectSubject(t, second, err, "alice")
			if same := first.Refresh.Reveal() == second.Refresh.Reveal(); same != keep {
				t.Errorf("the refresh token stayed: %v, want %v", same, keep)
			}
			_, err = oidc.Refresh(t.Context(), web, doc, cli("cli-secret-canary"), first.Refresh, nil)
			if !keep {
				expectError(t, err, oidc.GrantRefused, "rotates")
			}
			if keep && err != nil {
				t.Error(err)
			}
		})
	}
}

// A grant that the provider lists not is refused before anything is sent; a
// document without the list says nothing.
func TestUnofferedGrants(t *testing.T) {
	op := optest.New(t)
	op.Document["grant_types_supported"] = []string{"implicit"}
	web, doc := discovered(t, op)
	c := cli("cli-secret-canary")
	asked := map[string]func() error{
		"client_credentials": func() error { _, err := oidc.ClientCredentials(t.Context(), web, doc, c, nil); return err },
		"password": func() error {
			_, err := oidc.Password(t.Context(), web, doc, c, "alice", secret.New("x"), nil)
			return err
		},
		"refresh_token":      func() error { _, err := oidc.Refresh(t.Context(), web, doc, c, secret.New("x"), nil); return err },
		"device_code":        func() error { _, err := oidc.DeviceStart(t.Context(), web, doc, c, nil); return err },
		"authorization_code": func() error { _, err := oidc.CodeStart(t.Context(), web, doc, c, nil, oidc.CodeOptions{}); return err },
	}
	for name, ask := range asked {
		err := ask()
		expectError(t, err, oidc.GrantUnoffered, name)
		expectError(t, err, oidc.GrantUnoffered, "one of implicit")
	}
	if n := op.Asked("/token") + op.Asked("/device"); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
	doc.GrantTypesSupported = nil
	if err := asked["client_credentials"](); err != nil {
		t.Error(err)
	}
}

func expectSubject(t *testing.T, got oidc.Tokens, failed error, want string) {
	t.Helper()
	if failed != nil {
		t.Fatal(failed)
	}
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
		"its mend":          {nil, oidc.GrantRefused, "probe: {client:"},
		"not allowed":       {echo(400, `{"error":"unauthorized_client"}`), oidc.GrantRefused, "service accounts roles"},
		"Keycloak's words":  {echo(401, `{"error":"unauthorized_client","error_description":"Invalid client or Invalid client credentials"}`), oidc.GrantRefused, "probe: {client:"},
		"unknown scope":     {echo(400, `{"error":"invalid_scope"}`), oidc.GrantRefused, "probe: {scopes:"},
		"unknown grant":     {echo(400, `{"error":"unsupported_grant_type"}`), oidc.GrantRefused, "probe: {grant:"},
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
