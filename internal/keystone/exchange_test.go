package keystone_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/secret"
)

func TestExchangeSendsOnePost(t *testing.T) {
	var seen []string
	web := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, strings.Join([]string{r.Method, r.URL.EscapedPath(), r.Header.Get("Authorization"), r.Header.Get("Accept")}, " "))
		w.Header().Set("X-Subject-Token", "gAAAA1")
		w.WriteHeader(http.StatusCreated)
	}))
	t.Cleanup(web.Close)
	a, err := keystone.Exchange(t.Context(), web.Client(), web.URL, "co/rp", "openid", secret.New("a.b.c"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"POST /v3/OS-FEDERATION/identity_providers/co%2Frp/protocols/openid/auth Bearer a.b.c application/json"}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Error(diff)
	}
	if a.Status != 201 || a.Token().Reveal() != "gAAAA1" || a.AnsweredBy != keystone.ByItself {
		t.Errorf("got %d by %s", a.Status, a.AnsweredBy)
	}
}

// A client that follows redirects would carry the bearer to the other host.
func TestExchangeFollowsNothing(t *testing.T) {
	other := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the redirect was followed") }))
	t.Cleanup(other.Close)
	for _, status := range []int{301, 302, 303, 307, 308} {
		web := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL+"/login?state=hush", status)
		}))
		t.Cleanup(web.Close)
		a, err := keystone.Exchange(t.Context(), web.Client(), web.URL, "corp", "openid", secret.New("a.b.c"))
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != status || a.RedirectHost() != strings.TrimPrefix(other.URL, "https://") {
			t.Errorf("got %d to %q", a.Status, a.RedirectHost())
		}
	}
}

func TestAnswersAreCapped(t *testing.T) {
	web := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 3<<20)) }))
	t.Cleanup(web.Close)
	a, err := keystone.Exchange(t.Context(), web.Client(), web.URL, "corp", "openid", secret.Value{})
	if err != nil || !a.Truncated || len(a.Body) != 1<<20 {
		t.Errorf("%d bytes, truncated %v, %v", len(a.Body), a.Truncated, err)
	}
}

func TestSessionRequests(t *testing.T) {
	type call struct{ Line, Auth, Subject, Body string }
	var got []call
	web := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body any
		_ = json.NewDecoder(r.Body).Decode(&body)
		text, _ := json.Marshal(body)
		got = append(got, call{r.Method + " " + r.URL.Path, r.Header.Get("X-Auth-Token"), r.Header.Get("X-Subject-Token"), string(text)})
		_, _ = w.Write([]byte(`{"projects":[{"id":"p1","name":"ops","enabled":true}]}`))
	}))
	t.Cleanup(web.Close)
	s := keystone.Session{Client: web.Client(), URL: web.URL, Token: secret.New("T")}
	projects, _, err := s.Projects(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]keystone.Named{{ID: "p1", Name: "ops", Enabled: true}}, projects); diff != "" {
		t.Error(diff)
	}
	for _, ask := range []func() error{
		func() error { _, err := s.Rescope(t.Context(), "p1"); return err },
		func() error { _, err := s.Catalog(t.Context()); return err },
		func() error { _, err := s.Validate(t.Context()); return err },
		func() error { _, err := s.Revoke(t.Context()); return err },
	} {
		if err := ask(); err != nil {
			t.Fatal(err)
		}
	}
	want := []call{
		{"GET /v3/auth/projects", "T", "", "null"},
		{"POST /v3/auth/tokens", "", "", `{"auth":{"identity":{"methods":["token"],"token":{"id":"T"}},"scope":{"project":{"id":"p1"}}}}`},
		{"GET /v3/auth/catalog", "T", "", "null"},
		{"GET /v3/auth/tokens", "T", "T", "null"},
		{"DELETE /v3/auth/tokens", "T", "T", "null"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSessionListOfNonsense(t *testing.T) {
	for name, body := range map[string]string{"page": "<html>", "other": `{"projects":"no"}`, "missing": `{}`} {
		web := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) }))
		t.Cleanup(web.Close)
		if _, _, err := (keystone.Session{Client: web.Client(), URL: web.URL}).Projects(t.Context()); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestCanonicalURL(t *testing.T) {
	for _, text := range []string{"https://k:5000", "https://k:5000/", "https://k:5000/v3", "https://k:5000/v3/"} {
		if got := keystone.CanonicalURL(text); got != "https://k:5000" {
			t.Errorf("%s became %s", text, got)
		}
	}
}
