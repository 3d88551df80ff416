package adapter

import (
	"context"
	"net/http"
	"time"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/secret"
)

// Adapter is one adapter, and who we are there. It serves register.Registrar. It is not
// for several goroutines at once.
type Adapter struct {
	web *http.Client
	at  register.Endpoint

	document *oidc.Document // nil: not asked yet, or it names no token endpoint
	asked    bool
	token    secret.Value
	expires  time.Time // zero: the answer named none
}

// New gives the adapter at an address. web comes from oidc.NewHTTPClient.
func New(web *http.Client, at register.Endpoint) *Adapter { return &Adapter{web: web, at: at} }

// Traits serves register.Registrar: all is chosen by who registers.
func (a *Adapter) Traits() register.Traits { return register.Traits{} }

// Fit serves register.Registrar. A client with a key stays one, so that Create refuses
// it: without the key it would be a public client.
func (a *Adapter) Fit(want register.Registration) register.Registration {
	out := BodyOf(want).Registration()
	out.Kind = want.Kind
	if want.AuthMethod == register.Key {
		out.AuthMethod = want.AuthMethod
	}
	return out
}

// Read serves register.Registrar. An adapter that cannot read (405, 501) knows nothing:
// each run then replaces what there is.
func (a *Adapter) Read(ctx context.Context, id string, _ register.Handle) (register.Registration, register.Handle, error) {
	out, err := a.call(ctx, http.MethodGet, Body{ID: id})
	return out, register.Handle{}, err
}

// Create serves register.Registrar. It replaces a client of that id: the API has one
// request for both.
func (a *Adapter) Create(ctx context.Context, want register.Registration) (register.Registration, register.Handle, error) {
	if want.AuthMethod == register.Key {
		return register.Registration{}, register.Handle{}, &oidc.Error{Kind: oidc.Malformed, At: a.at.URL,
			Got: "the adapter's API has no room for a client that authenticates with a key", Want: "a client with a secret", Mend: "register it at the identity provider itself"}
	}
	out, err := a.call(ctx, http.MethodPut, BodyOf(want))
	return out, register.Handle{}, err
}

// Update serves register.Registrar.
func (a *Adapter) Update(ctx context.Context, want register.Registration, _ register.Handle) (register.Registration, register.Handle, error) {
	return a.Create(ctx, want)
}

// Delete serves register.Registrar.
func (a *Adapter) Delete(ctx context.Context, id string, _ register.Handle) error {
	_, err := a.call(ctx, http.MethodDelete, Body{ID: id})
	return err
}
