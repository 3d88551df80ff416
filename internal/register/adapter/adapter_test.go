package adapter_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/register/adapter"
	"github.com/fedstone/fedstone/internal/secret"
)

// fake is an adapter whose answers a test writes. It stands beside the server in
// internal/adapter, which answers as one should.
type fake struct {
	document string // "" = none
	answer   func(w http.ResponseWriter, r *http.Request)
	less     time.Duration // by which the client waits shorter than 5 s
	asked    []string
	bodies   []string
}

func (f *fake) start(t *testing.T) *adapter.Adapter {
	t.Helper()
	web := optest.StartTLS(t, http.HandlerFunc(f.serve))
	client, err := oidc.NewHTTPClient(optest.CAFile(t, web), oidc.WithTimeout(5*time.Second-f.less))
	if err != nil {
		t.Fatal(err)
	}
	f.document = strings.ReplaceAll(f.document, "SELF", web.URL)
	return adapter.New(client, register.Endpoint{URL: web.URL + "/api/", ID: "id", Secret: secret.New("account-canary")})
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request) {
	text, _ := io.ReadAll(r.Body)
	kind, _, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	f.asked = append(f.asked, strings.TrimSpace(r.Method+" "+r.URL.EscapedPath()+" "+kind))
	f.bodies = append(f.bodies, string(text))
	w.Header().Set("Content-Type", "application/json")
	switch {
	case strings.HasSuffix(r.URL.Path, "/.well-known/openid-configuration"):
		if f.document == "" {
			w.WriteHeader(404)
		}
		_, _ = io.WriteString(w, f.document)
	case r.URL.Path == "/token":
		_, _ = io.WriteString(w, `{"access_token": "token-canary", "token_type": "Bearer", "expires_in": 600}`)
	default:
		f.answer(w, r)
	}
}

func says(status int, text string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	}
}

var want = register.Registration{ID: "a b/c", Name: "Keystone", Secret: secret.New("client-canary"), RedirectURIs: []string{"https://k/b", "https://k/a"},
	Grants: []string{register.Code, register.ClientCredentials}, AuthMethod: register.Basic, PKCE: "S256", Audience: "keystone", GroupClaim: "groups"}

// TestRequests holds what is sent where, by what the discovery document says.
func TestRequests(t *testing.T) {
	cases := map[string]struct {
		document string
		want     []string
	}{
		"a token endpoint": {`{"token_endpoint": "SELF/token"}`, []string{"GET /api/.well-known/openid-configuration", "POST /token Basic", "PUT /api/clients/a%20b%2Fc Bearer", "DELETE /api/clients/a%20b%2Fc Bearer"}},
		"no document":      {"", []string{"GET /api/.well-known/openid-configuration", "PUT /api/clients/a%20b%2Fc Basic", "DELETE /api/clients/a%20b%2Fc Basic"}},
		"no endpoint":      {"{}", []string{"GET /api/.well-known/openid-configuration", "PUT /api/clients/a%20b%2Fc Basic", "DELETE /api/clients/a%20b%2Fc Basic"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := &fake{document: c.document, answer: says(201, "")}
			a := f.start(t)
			got, _, err := a.Create(t.Context(), want)
			if err != nil || got.Secret.Reveal() != "client-canary" {
				t.Fatal(got, err)
			}
			if err := a.Delete(t.Context(), want.ID, register.Handle{}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, f.asked); diff != "" {
				t.Error(diff)
			}
			var body map[string]any
			if err := json.Unmarshal([]byte(f.bodies[len(f.bodies)-2]), &body); err != nil {
				t.Fatal(err)
			}
			sent := map[string]any{"client_id": "a b/c", "client_secret": "client-canary", "client_name": "Keystone",
				"redirect_uris": []any{"https://k/a", "https://k/b"}, "grant_types": []any{"authorization_code", "client_credentials"}}
			if diff := cmp.Diff(sent, body); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestFit: what the API has no room for is not wanted of it; a key is refused and not
// dropped.
func TestFit(t *testing.T) {
	a := adapter.New(nil, register.Endpoint{URL: "https://a"})
	fit := a.Fit(want)
	if fit.PKCE+fit.Audience+fit.GroupClaim+fit.AuthMethod != "" || fit.ID != want.ID || fit.Secret.Empty() {
		t.Errorf("%+v", fit)
	}
	keyed := want
	keyed.AuthMethod = register.Key
	if _, _, err := a.Create(t.Context(), a.Fit(keyed)); oidc.KindOf(err) != oidc.Malformed {
		t.Error(err)
	}
}

// TestRead holds what an answer to GET is taken for.
func TestRead(t *testing.T) {
	cases := map[string]struct {
		status int
		text   string
		want   string
	}{
		"a client":          {200, `{"client_id": "a b/c", "client_name": "x", "logo_uri": 7}`, "x"},
		"none":              {404, "<html>", register.ErrNotFound.Error()},
		"cannot read":       {405, "", register.ErrNotFound.Error()},
		"another client":    {200, `{"client_id": "other"}`, "about another client_id"},
		"twice":             {200, `{"client_secret": "x-canary", "client_secret": "y-canary"}`, "each name once"},
		"another type":      {200, `{"client_secret": ["x-canary"]}`, `"client_secret" is of another type`},
		"null":              {200, `{"redirect_uris": null}`, `"redirect_uris" is of another type`},
		"a list":            {200, `[]`, "not one JSON object"},
		"nothing":           {200, "", "not one JSON object"},
		"too long":          {200, `{"x": "` + strings.Repeat("x", 300<<10) + `"}`, "longer than a client can be"},
		"too deep":          {200, strings.Repeat(`{"a":`, 9000), "not one JSON object"},
		"refused":           {403, `{"error": "access_denied", "error_description": "not \u001b[31m you"}`, `access_denied: not \x1b[31m you (give the account`},
		"repeats a secret":  {401, `{"error_description": "bad account-canary and token-canary"}`, "bad REDACTED and REDACTED"},
		"failed, with HTML": {500, "<html>account-canary", "refused with 500"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := &fake{document: `{"token_endpoint": "SELF/token"}`, answer: says(c.status, c.text)}
			got, _, err := f.start(t).Read(t.Context(), want.ID, register.Handle{})
			said := got.Name
			if err != nil {
				said = err.Error()
			}
			if !strings.Contains(said, c.want) || strings.Contains(said, "canary") {
				t.Errorf("%s, want %s", said, c.want)
			}
		})
	}
}

// TestNowhereElse: neither the secret nor a token goes where the adapter points, unless
// it is a sound https endpoint.
func TestNowhereElse(t *testing.T) {
	elsewhere := 0
	thief := optest.StartTLS(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere++ }))
	moved := func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, thief.URL, http.StatusTemporaryRedirect)
	}
	for name, c := range map[string]struct {
		document string
		kind     oidc.Kind
	}{
		"redirect":              {`{"token_endpoint": "SELF/token"}`, oidc.Redirect},
		"http":                  {`{"token_endpoint": "http://idp.example.org/token"}`, oidc.NotHTTPS},
		"a file":                {`{"token_endpoint": "file:///etc/passwd"}`, oidc.NotHTTPS},
		"a user":                {`{"token_endpoint": "https://a:b@idp.example.org/token"}`, oidc.BadURL},
		"inside":                {`{"token_endpoint": "https://10.0.0.1/token"}`, oidc.Malformed},
		"twice":                 {`{"token_endpoint": "SELF/token", "token_endpoint": "https://x/"}`, oidc.Malformed},
		"no JSON":               {`<html>`, oidc.NotJSON},
		"no string":             {`{"token_endpoint": 7}`, oidc.Malformed},
		"longer than it can be": {`{"x": "` + strings.Repeat("x", 300<<10) + `"}`, oidc.TooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			f := &fake{document: c.document, answer: moved}
			_, _, err := f.start(t).Update(t.Context(), want, register.Handle{})
			if oidc.KindOf(err) != c.kind || strings.Contains(err.Error(), "canary") {
				t.Errorf("%s %v, want %s", oidc.KindOf(err), err, c.kind)
			}
			if name != "redirect" && len(f.asked) != 1 {
				t.Error("asked on:", f.asked)
			}
		})
	}
	if elsewhere > 0 {
		t.Error("the redirect was followed")
	}
}

// TestInterrupted: an adapter that does not answer is waited for no longer than the
// caller wants.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	f := &fake{answer: func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}}
	if _, _, err := f.start(t).Read(ctx, want.ID, register.Handle{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestEndless: an answer that never ends, however slowly it comes, is given up.
func TestEndless(t *testing.T) {
	f := &fake{less: 4700 * time.Millisecond, answer: func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = io.WriteString(w, " ")
			w.(http.Flusher).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	}}
	if _, _, err := f.start(t).Read(t.Context(), want.ID, register.Handle{}); oidc.KindOf(err) != oidc.Timeout {
		t.Error(err)
	}
}

// TestFolders: an id never becomes another address.
func TestFolders(t *testing.T) {
	f := &fake{answer: says(200, "")}
	a := f.start(t)
	for _, id := range []string{"", ".", ".."} {
		if err := a.Delete(t.Context(), id, register.Handle{}); oidc.KindOf(err) != oidc.BadURL {
			t.Errorf("%q: %v", id, err)
		}
	}
	if len(f.asked) > 0 {
		t.Error(f.asked)
	}
}
