package register_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/oidc/optest"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/secret"
)

// canary stands in every answer and every token: no error may hold it.
const canary = "canary-of-a-secret"

// peer is a provider that says what a test wants.
func peer(t *testing.T, answer http.HandlerFunc) (*httptest.Server, register.Peer) {
	t.Helper()
	web := optest.StartTLS(t, answer)
	client, err := oidc.NewHTTPClient(optest.CAFile(t, web), oidc.WithTimeout(2*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	return web, register.Peer{Web: client}
}

// registrars are both ways, at one provider.
func registrars(web *httptest.Server, p register.Peer) map[string]register.Registrar {
	initial := secret.New(canary + "-initial")
	return map[string]register.Registrar{
		"dynamic":  register.Dynamic{Peer: p, Endpoint: web.URL + "/reg", Initial: initial, Logout: true},
		"keycloak": register.Keycloak{Peer: p, Endpoint: web.URL + "/reg", Initial: initial},
	}
}

func wanted() register.Registration {
	return register.Registration{ID: "one", Name: "One", AuthMethod: register.Basic, Grants: []string{register.ClientCredentials}, Secret: secret.New(canary + "-secret")}
}

// answers are a good one with one thing wrong with it; SELF is the provider's address.
func hostileAnswers() map[string]string {
	good := `"client_id": "one", "clientId": "one", "client_secret": "` + canary + `", "secret": "` + canary + `", "enabled": true, ` +
		`"registration_access_token": "` + canary + `", "registration_client_uri": "SELF/reg/one"`
	return map[string]string{
		"no JSON":                        canary,
		"a page":                         "<html>" + canary,
		"a list":                         `["` + canary + `"]`,
		"no object but null":             `null`,
		"a name twice":                   `{` + good + `, "client_id": "two", "clientId": "two"}`,
		"a name in another case":         `{` + good + `, "Client_ID": "two", "ClientID": "two"}`,
		"a second object":                `{` + good + `} {}`,
		"no UTF-8":                       `{` + good + `, "x": "` + "\xff" + `"}`,
		"nested a thousand times":        `{` + good + `, "x": ` + strings.Repeat("[", 1000) + strings.Repeat("]", 1000) + `}`,
		"an id that is a number":         strings.NewReplacer(`"client_id": "one"`, `"client_id": 1`, `"clientId": "one"`, `"clientId": 1`).Replace(`{` + good + `}`),
		"an id that is null":             strings.NewReplacer(`"client_id": "one"`, `"client_id": null`, `"clientId": "one"`, `"clientId": null`).Replace(`{` + good + `}`),
		"no id":                          strings.NewReplacer(`"client_id": "one",`, ``, `"clientId": "one",`, ``).Replace(`{` + good + `}`),
		"an id with a line break":        strings.NewReplacer(`"one"`, `"o\nne"`).Replace(`{` + good + `}`),
		"an id of a megabyte":            strings.NewReplacer(`"one"`, `"`+strings.Repeat("a", 1<<20)+`"`).Replace(`{` + good + `}`),
		"redirect URIs that are no list": `{` + good + `, "redirect_uris": "` + canary + `", "redirectUris": "` + canary + `"}`,
		"a secret that is a list":        strings.NewReplacer(`"`+canary+`", "reg`, `["`+canary+`"], "reg`, `"secret": "`+canary+`"`, `"secret": ["`+canary+`"]`, `"client_secret": "`+canary+`"`, `"client_secret": ["`+canary+`"]`).Replace(`{` + good + `}`),
	}
}

// hostileWays are ways back that no token may be sent to.
func hostileWays() []string {
	return []string{"http://127.0.0.1/reg/one", "https://evil.example.org/reg/one", "https://SELF@evil.example.org/", "//evil.example.org/x", "https://127.0.0.1:1/reg/one",
		"javascript:alert(1)", "file:///etc/passwd", "https://user:" + canary + "@HOST/reg/one", "https://HOST/reg/one#x", "::", "https://HOST.evil.example.org/"}
}

// TestHostileAnswers: whatever a provider says to a registration, it is refused
// within bounds, and told without a secret.
func TestHostileAnswers(t *testing.T) {
	for name, text := range hostileAnswers() {
		t.Run(name, func(t *testing.T) {
			var web *httptest.Server
			web, p := peer(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusCreated)
				fmt.Fprint(w, strings.ReplaceAll(text, "SELF", web.URL))
			})
			for way, r := range registrars(web, p) {
				_, _, err := r.Create(t.Context(), wanted())
				expectRefusal(t, way, err)
				_, _, err = r.Read(t.Context(), "one", register.Handle{URI: web.URL + "/reg/one", Token: secret.New(canary + "-token")})
				expectRefusal(t, way, err)
			}
		})
	}
}

func expectRefusal(t *testing.T, way string, err error) {
	t.Helper()
	switch {
	case err == nil:
		t.Errorf("%s: it is taken", way)
	case strings.Contains(err.Error(), canary):
		t.Errorf("%s: the error holds a secret: %v", way, err)
	case len(err.Error()) > 1000:
		t.Errorf("%s: the error has %d bytes", way, len(err.Error()))
	}
}

// TestAnotherClient: an answer about another client than the one that was asked about.
func TestAnotherClient(t *testing.T) {
	var web *httptest.Server
	web, p := peer(t, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"client_id": "two", "clientId": "two", "registration_client_uri": "%s/reg/two", "registration_access_token": "x"}`, web.URL)
	})
	for way, r := range registrars(web, p) {
		_, _, err := r.Read(t.Context(), "one", register.Handle{URI: web.URL + "/reg/one", Token: secret.New("t")})
		if oidc.KindOf(err) != oidc.Malformed {
			t.Errorf("%s: %v", way, err)
		}
	}
}

// TestTokensStayWithTheirHost: a way back to another host is not kept, and where one
// was kept nothing is sent there.
func TestTokensStayWithTheirHost(t *testing.T) {
	for _, uri := range hostileWays() {
		asked := 0
		var web *httptest.Server
		web, p := peer(t, func(w http.ResponseWriter, _ *http.Request) {
			asked++
			fmt.Fprintf(w, `{"client_id": "one", "registration_client_uri": %q, "registration_access_token": %q}`, strings.ReplaceAll(uri, "HOST", strings.TrimPrefix(web.URL, "https://")), canary)
		})
		uri = strings.ReplaceAll(uri, "HOST", strings.TrimPrefix(web.URL, "https://"))
		d := registrars(web, p)["dynamic"]
		_, _, err := d.Create(t.Context(), wanted())
		expectRefusal(t, uri, err)
		for _, call := range []func() error{
			func() error {
				_, _, err := d.Read(t.Context(), "one", register.Handle{URI: uri, Token: secret.New(canary)})
				return err
			},
			func() error {
				_, _, err := d.Update(t.Context(), wanted(), register.Handle{URI: uri, Token: secret.New(canary)})
				return err
			},
			func() error {
				return d.Delete(t.Context(), "one", register.Handle{URI: uri, Token: secret.New(canary)})
			},
		} {
			expectRefusal(t, uri, call())
		}
		if asked != 1 {
			t.Errorf("%s: %d requests, want the first alone", uri, asked)
		}
	}
}

// TestRedirectsAreNotFollowed: a token goes nowhere but where it was sent.
func TestRedirectsAreNotFollowed(t *testing.T) {
	elsewhere := 0
	other, _ := peer(t, func(http.ResponseWriter, *http.Request) { elsewhere++ })
	for _, status := range []int{301, 302, 303, 307, 308} {
		web, p := peer(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL+"/reg?"+canary, status) })
		for way, r := range registrars(web, p) {
			_, _, err := r.Create(t.Context(), wanted())
			expectRefusal(t, way, err)
			if oidc.KindOf(err) != oidc.Redirect {
				t.Errorf("%s, %d: %v", way, status, err)
			}
		}
	}
	if elsewhere > 0 {
		t.Errorf("%d requests went elsewhere", elsewhere)
	}
}

// TestEndlessAnswer: an answer without an end costs neither memory nor time.
func TestEndlessAnswer(t *testing.T) {
	web, p := peer(t, func(w http.ResponseWriter, r *http.Request) {
		chunk := []byte(`{"x": "` + strings.Repeat("a", 64<<10))
		for r.Context().Err() == nil {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for way, r := range registrars(web, p) {
		_, _, err := r.Create(t.Context(), wanted())
		if oidc.KindOf(err) != oidc.TooLarge {
			t.Errorf("%s: %v", way, err)
		}
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 16<<20 {
		t.Errorf("%d bytes were used", used)
	}
}

// TestSilentPeer: an interrupt ends the wait for one that never answers.
func TestSilentPeer(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	over := make(chan struct{})
	defer close(over)
	web, p := peer(t, func(http.ResponseWriter, *http.Request) {
		cancel()
		<-over
	})
	_, _, err := registrars(web, p)["dynamic"].Create(ctx, wanted())
	if !errors.Is(err, context.Canceled) && oidc.KindOf(err) != oidc.Canceled {
		t.Errorf("got %v", err)
	}
}

// TestRefusalWords: the provider's own words are told, but for what we sent.
func TestRefusalWords(t *testing.T) {
	web, p := peer(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"error": "invalid_client_metadata", "error_description": "no \u001b[31m wildcard; you sent %s and %s-secret"}`,
			strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), canary)
	})
	_, _, err := registrars(web, p)["keycloak"].Create(t.Context(), wanted())
	expectRefusal(t, "keycloak", err)
	for _, want := range []string{"refused with 400", "invalid_client_metadata", "wildcard"} {
		if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\x1b") {
			t.Errorf("no %q in %q", want, err)
		}
	}
}

// TestNobodyRegistersThere: 404 to a registration is about the address, and not about
// a client.
func TestNobodyRegistersThere(t *testing.T) {
	web, p := peer(t, http.NotFound)
	for way, r := range registrars(web, p) {
		_, _, err := r.Create(t.Context(), wanted())
		if errors.Is(err, register.ErrNotFound) || !strings.Contains(fmt.Sprint(err), "register.endpoint") {
			t.Errorf("%s: %v", way, err)
		}
	}
}

// TestAccountRefused: what is told of an account that may not log in is about the
// account, and not about probe's client.
func TestAccountRefused(t *testing.T) {
	web := optest.StartTLS(t, nil)
	web.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, `{"error": "invalid_client"}`)
			return
		}
		fmt.Fprintf(w, `{"issuer": %q, "token_endpoint": "%[1]s/token", "jwks_uri": "%[1]s/keys", "authorization_endpoint": "%[1]s/auth", "response_types_supported": ["code"], "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"]}`, web.URL)
	})
	client, err := oidc.NewHTTPClient(optest.CAFile(t, web))
	if err != nil {
		t.Fatal(err)
	}
	_, err = register.AccountOf(client, web.URL, oidc.Client{ID: "registrar", Secret: secret.New(canary)})(t.Context())
	expectRefusal(t, "account", err)
	if text := fmt.Sprint(err); !strings.Contains(text, "register: {client:") || strings.Contains(text, "probe:") {
		t.Error(text)
	}
}
