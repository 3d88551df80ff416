package adapter

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/fedstone/fedstone/internal/register"
	wire "github.com/fedstone/fedstone/internal/register/adapter"
	"github.com/fedstone/fedstone/internal/secret"
)

// mark ends the description of a client that an adapter made. A client without it is
// somebody else's, such as the provider's own consoles: it is read, and left.
const mark = "kept by fedstone adapter"

// Forward is a store at an identity provider. One request is served at a time: no change
// is lost between reading and writing, and a Registrar is for one goroutine.
type Forward struct {
	to register.Registrar
	mu sync.Mutex
}

// NewForward gives the store of a provider's clients. The error is that the provider
// chooses ids, which the API cannot say, or has no room for a mark.
func NewForward(to register.Registrar) (*Forward, error) {
	if t := to.Traits(); t.ChoosesID || !t.Marks {
		return nil, errors.New("the identity provider chooses the ids of clients, or keeps no description of them: an adapter cannot stand before it, expected by: keycloak with a client")
	}
	return &Forward{to: to}, nil
}

// Get serves Store. The secret of somebody else's client is told to nobody.
func (f *Forward) Get(ctx context.Context, id string) (wire.Body, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	found, _, err := f.to.Read(ctx, id, register.Handle{})
	if !ours(found) {
		found.Secret = secret.Value{}
	}
	return wire.BodyOf(found), words(err)
}

// Put serves Store. What the API does not speak of stays as it is at the provider.
func (f *Forward) Put(ctx context.Context, client wire.Body) (wire.Body, bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	before, way, err := f.to.Read(ctx, client.ID, register.Handle{})
	made := errors.Is(err, register.ErrNotFound)
	switch {
	case made:
		before = register.Registration{ID: client.ID, AuthMethod: register.None, Description: mark}
		if !client.Secret.Empty() || slices.Contains(client.Grants, register.ClientCredentials) {
			before.AuthMethod = register.Basic
		}
	case err != nil:
		return wire.Body{}, false, words(err)
	case !ours(before):
		return wire.Body{}, false, notOurs()
	}
	want := f.to.Fit(laid(before, client))
	var now register.Registration
	if made {
		now, _, err = f.to.Create(ctx, want)
	} else {
		now, _, err = f.to.Update(ctx, want, way)
	}
	return wire.BodyOf(now), made, words(err)
}

// laid puts what a request says over what there is. A code is bound to who asked for it
// (RFC 9700 section 2.1.1).
func laid(before register.Registration, client wire.Body) register.Registration {
	out := before
	out.Name, out.RedirectURIs, out.Grants, out.Disabled = client.Name, client.RedirectURIs, client.Grants, false
	if !client.Secret.Empty() {
		out.Secret = client.Secret
		if before.Public() {
			out.AuthMethod = register.Basic
		}
	}
	if slices.Contains(client.Grants, register.Code) {
		out.PKCE = "S256"
	}
	return out
}

// Delete serves Store.
func (f *Forward) Delete(ctx context.Context, id string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	before, way, err := f.to.Read(ctx, id, register.Handle{})
	switch {
	case err != nil:
		return words(err)
	case !ours(before):
		return notOurs()
	}
	return words(f.to.Delete(ctx, id, way))
}

func ours(r register.Registration) bool { return strings.HasSuffix(r.Description, mark) }

func notOurs() error {
	return &Problem{http.StatusForbidden, "access_denied", "the client was not made by this adapter, and stays as it is"}
}

// words tells a client that there is not from a failure. What a provider says of a
// refusal goes into the log alone.
func words(err error) error {
	if errors.Is(err, register.ErrNotFound) {
		return ErrNotFound
	}
	return err
}
