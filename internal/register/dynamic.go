package register

import (
	"context"
	"errors"
	"net/http"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// Dynamic registers clients by OpenID Connect Dynamic Client Registration 1.0, which
// is RFC 7591, and changes them by RFC 7592, at any provider that has them. The
// provider chooses ids and secrets, and gives each registration an address and a
// token of its own.
type Dynamic struct {
	Peer     Peer
	Endpoint string       // registration_endpoint
	Initial  secret.Value // initial access token; empty where anybody may register
	Logout   bool         // the provider has an end_session_endpoint, so that it keeps post_logout_redirect_uris
}

// errUnmanaged: the provider answered a registration without an address and a token
// (RFC 7591 without RFC 7592).
var errUnmanaged = errors.New("the provider gave no address or no token for this registration (RFC 7592), so that it can only be changed there by hand")

// Traits serves Registrar.
func (d Dynamic) Traits() Traits { return Traits{ChoosesID: true, ChoosesSecret: true} }

// Fit serves Registrar: what RFC 7591 section 2 has no member for is left out.
func (d Dynamic) Fit(want Registration) Registration {
	want.Description, want.Audience, want.GroupClaim, want.PKCE = "", "", "", ""
	if !d.Logout {
		want.PostLogoutURIs = nil
	}
	return want
}

// Read serves Registrar (RFC 7592 section 2.1).
func (d Dynamic) Read(ctx context.Context, id string, way Handle) (Registration, Handle, error) {
	object, err := d.get(ctx, way)
	if err != nil {
		return Registration{}, way, err
	}
	return d.answered(id, object, way)
}

// Create serves Registrar (RFC 7591 section 3).
func (d Dynamic) Create(ctx context.Context, want Registration) (Registration, Handle, error) {
	object, err := d.Peer.Ask(ctx, Question{Method: http.MethodPost, Address: d.Endpoint, Bearer: d.Initial, Body: metadata{}.with(want)})
	if err != nil {
		return Registration{}, Handle{}, dynamicRefusal(err)
	}
	return d.answered("", object, Handle{})
}

// Update serves Registrar (RFC 7592 section 2.2). A member that is left out is to be
// taken away, so what is there is read first and sent back.
func (d Dynamic) Update(ctx context.Context, want Registration, way Handle) (Registration, Handle, error) {
	current, err := d.get(ctx, way)
	if err != nil {
		return Registration{}, way, err
	}
	now, way, err := d.answered(want.ID, current, way)
	if err != nil {
		return Registration{}, way, err
	}
	object, err := d.Peer.Ask(ctx, Question{Method: http.MethodPut, Address: way.URI, Bearer: way.Token, Body: metadata(current).with(want), Secrets: []secret.Value{now.Secret}})
	if err != nil {
		return Registration{}, way, gone(err)
	}
	return d.answered(want.ID, object, way)
}

// Delete serves Registrar (RFC 7592 section 2.3).
func (d Dynamic) Delete(ctx context.Context, _ string, way Handle) error {
	if err := d.usable(way); err != nil {
		return err
	}
	_, err := d.Peer.Ask(ctx, Question{Method: http.MethodDelete, Address: way.URI, Bearer: way.Token})
	return gone(err)
}

func (d Dynamic) get(ctx context.Context, way Handle) (oidc.Object, error) {
	if err := d.usable(way); err != nil {
		return nil, err
	}
	object, err := d.Peer.Ask(ctx, Question{Method: http.MethodGet, Address: way.URI, Bearer: way.Token})
	return object, gone(err)
}

// usable looks at a way back before each use: what was kept may be another's by now.
func (d Dynamic) usable(way Handle) error {
	if way.URI == "" || way.Token.Empty() {
		return errUnmanaged
	}
	return sameHost(d.Endpoint, way.URI)
}

// answered reads a client information response (RFC 7591 section 3.2.1, RFC 7592
// section 3); id is "" where the provider has just chosen it.
func (d Dynamic) answered(id string, object oidc.Object, way Handle) (Registration, Handle, error) {
	read, back, err := metadata(object).read()
	switch {
	case err != nil:
		return Registration{}, way, malformed(d.Endpoint, err)
	case id != "" && read.ID != id:
		return Registration{}, way, otherClient(d.Endpoint)
	case back.URI != "" && sameHost(d.Endpoint, back.URI) != nil:
		return Registration{}, way, sameHost(d.Endpoint, back.URI)
	}
	if back.URI != "" {
		way.URI = back.URI
	}
	if !back.Token.Empty() {
		way.Token = back.Token
	}
	return read, way, nil
}

// dynamicRefusal says what to change, where the first request is refused.
func dynamicRefusal(err error) error {
	var no *Refused
	if !errors.As(err, &no) {
		return err
	}
	switch no.Status {
	case http.StatusUnauthorized, http.StatusForbidden:
		no.Mend = "register.initial_access_token is missing, used up, expired or another provider's"
	case http.StatusBadRequest:
		no.Mend = "the provider refuses a member of the registration: see its words, and what it allows to registered clients"
	}
	return no
}
