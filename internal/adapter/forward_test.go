package adapter_test

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/adapter"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/secret"
)

// provider keeps registrations in memory, beside the real ones of the lab's test.
type provider struct {
	traits  register.Traits
	clients map[string]register.Registration
	broken  error
}

func (p *provider) Traits() register.Traits                              { return p.traits }
func (p *provider) Fit(want register.Registration) register.Registration { return want }
func (p *provider) store(r register.Registration) (register.Registration, register.Handle, error) {
	p.clients[r.ID] = r
	return r, register.Handle{}, p.broken
}

func (p *provider) Read(_ context.Context, id string, _ register.Handle) (register.Registration, register.Handle, error) {
	r, ok := p.clients[id]
	if !ok && p.broken == nil {
		return r, register.Handle{}, register.ErrNotFound
	}
	return r, register.Handle{}, p.broken
}

func (p *provider) Create(_ context.Context, r register.Registration) (register.Registration, register.Handle, error) {
	return p.store(r)
}

func (p *provider) Update(_ context.Context, r register.Registration, _ register.Handle) (register.Registration, register.Handle, error) {
	return p.store(r)
}

func (p *provider) Delete(_ context.Context, id string, _ register.Handle) error {
	delete(p.clients, id)
	return p.broken
}

// TestForward: what is made here is changed and deleted, and what somebody else made is
// not; what the API does not speak of stays.
func TestForward(t *testing.T) {
	p := &provider{traits: register.Traits{Marks: true}, clients: map[string]register.Registration{"realm-management": {ID: "realm-management", Description: "Keycloak's own", Secret: secret.New("foreign-canary")}}}
	store, err := adapter.NewForward(p)
	if err != nil {
		t.Fatal(err)
	}
	r := serveStore(t, store, "")
	put := func(id, body string) int {
		return r.ask(t, asked{"PUT", "/clients/" + id, "application/json", right, body}).status
	}
	if got := []int{
		put("a", `{"client_secret": "client-canary", "grant_types": ["authorization_code"], "redirect_uris": ["https://k/"]}`),
		put("public", `{"grant_types": ["authorization_code"]}`),
		put("realm-management", `{"client_secret": "x-canary"}`),
		r.ask(t, asked{"DELETE", "/clients/realm-management", "", right, ""}).status,
		r.ask(t, asked{"GET", "/clients/realm-management", "", right, ""}).status,
		r.ask(t, asked{"DELETE", "/clients/lost", "", right, ""}).status,
	}; !slices.Equal(got, []int{201, 201, 403, 403, 200, 204}) {
		t.Error(got)
	}
	if a, public := p.clients["a"], p.clients["public"]; a.AuthMethod != register.Basic || a.PKCE != "S256" || !public.Public() {
		t.Errorf("%+v %+v", a, public)
	}
	if text := r.ask(t, asked{"GET", "/clients/realm-management", "", right, ""}).body; strings.Contains(text, "foreign-canary") {
		t.Error("the secret of a client that somebody else made is told: " + text)
	}
	a := p.clients["a"]
	a.Audience = "keystone"
	p.clients["a"] = a
	if status := put("a", `{"client_name": "new"}`); status != 200 {
		t.Error(status)
	}
	if a := p.clients["a"]; a.Name != "new" || a.Audience != "keystone" || a.Secret.Reveal() != "client-canary" {
		t.Errorf("%+v", a)
	}
	if status := r.ask(t, asked{"DELETE", "/clients/a", "", right, ""}).status; status != 204 {
		t.Error(status)
	}
	if left := slices.Sorted(maps.Keys(p.clients)); !slices.Equal(left, []string{"public", "realm-management"}) {
		t.Error(left)
	}
}

// TestForwardFails: a provider's failure is told by its status, and in the log.
func TestForwardFails(t *testing.T) {
	store, err := adapter.NewForward(&provider{traits: register.Traits{Marks: true}, broken: errors.New("sso.internal: connection refused")})
	if err != nil {
		t.Fatal(err)
	}
	r := serveStore(t, store, "")
	got := r.ask(t, asked{"GET", "/clients/a", "", right, ""})
	r.end()
	if got.status != http.StatusBadGateway || strings.Contains(got.body, "internal") || !strings.Contains(r.log.String(), "sso.internal: connection refused") {
		t.Errorf("%d %s\n%s", got.status, got.body, r.log)
	}
}

// TestForwardRefuses: no adapter stands before a provider that chooses ids, or that
// cannot say whose a client is.
func TestForwardRefuses(t *testing.T) {
	for _, traits := range []register.Traits{{ChoosesID: true, Marks: true}, {}} {
		if _, err := adapter.NewForward(&provider{traits: traits}); err == nil {
			t.Errorf("%+v is taken", traits)
		}
	}
}
