package register

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// Keycloak registers clients by Keycloak's own client registration API, provider
// `default` (services/clientregistration/DefaultClientRegistrationProvider.java).
// Whoever asks has an account's token, or an initial access token for the first
// request and each registration's own token for the later ones. The latter changes
// with each PUT, and not with a GET.
type Keycloak struct {
	Peer Peer
	// Endpoint is ISSUER/clients-registrations/default.
	Endpoint string
	// Initial lets clients be made. Account gives a token of an account that may
	// manage clients; one of the two is given.
	Initial secret.Value
	Account func(context.Context) (secret.Value, error)
}

// KeycloakEndpoint is where an issuer, which is a realm, registers clients.
func KeycloakEndpoint(issuer string) string {
	return strings.TrimSuffix(issuer, "/") + "/clients-registrations/default"
}

// Traits serves Registrar.
func (k Keycloak) Traits() Traits { return Traits{Marks: true} }

// Fit serves Registrar. Keycloak takes a secret in either place, and gives refresh
// tokens with every grant that has a person.
func (k Keycloak) Fit(want Registration) Registration {
	if want.AuthMethod == Post {
		want.AuthMethod = Basic
	}
	want.Grants = slices.DeleteFunc(slices.Clone(want.Grants), func(g string) bool { return g == RefreshToken })
	return want
}

// Read serves Registrar.
func (k Keycloak) Read(ctx context.Context, id string, way Handle) (Registration, Handle, error) {
	object, err := k.get(ctx, id, way)
	if err != nil {
		return Registration{}, way, err
	}
	return k.answered(id, object, way)
}

// Create serves Registrar.
func (k Keycloak) Create(ctx context.Context, want Registration) (Registration, Handle, error) {
	bearer, err := k.bearer(ctx, k.Initial)
	if err != nil {
		return Registration{}, Handle{}, err
	}
	object, err := k.Peer.Ask(ctx, Question{Method: http.MethodPost, Address: k.Endpoint, Bearer: bearer, Secrets: []secret.Value{want.Secret},
		Body: representation{}.with(want)})
	if err != nil {
		return Registration{}, Handle{}, keycloakRefusal(err)
	}
	return k.answered(want.ID, object, Handle{})
}

// Update serves Registrar. What a registration does not speak of stays as it is
// there: Keycloak's object is read, changed, and sent back.
func (k Keycloak) Update(ctx context.Context, want Registration, way Handle) (Registration, Handle, error) {
	current, err := k.get(ctx, want.ID, way)
	if err != nil {
		return Registration{}, way, err
	}
	bearer, err := k.bearer(ctx, way.Token)
	if err != nil {
		return Registration{}, way, err
	}
	object, err := k.Peer.Ask(ctx, Question{Method: http.MethodPut, Address: k.at(want.ID), Bearer: bearer, Secrets: []secret.Value{want.Secret},
		Body: representation(current).with(want)})
	if err != nil {
		return Registration{}, way, keycloakRefusal(err)
	}
	return k.answered(want.ID, object, way)
}

// Delete serves Registrar.
func (k Keycloak) Delete(ctx context.Context, id string, way Handle) error {
	bearer, err := k.bearer(ctx, way.Token)
	if err != nil {
		return err
	}
	_, err = k.Peer.Ask(ctx, Question{Method: http.MethodDelete, Address: k.at(id), Bearer: bearer})
	return gone(err)
}

func (k Keycloak) at(id string) string { return k.Endpoint + "/" + url.PathEscape(id) }

// bearer is the account's token, or the one that is given; an empty one is sent by
// nobody, and Keycloak says so.
func (k Keycloak) bearer(ctx context.Context, given secret.Value) (secret.Value, error) {
	if k.Account == nil {
		return given, nil
	}
	return k.Account(ctx)
}

func (k Keycloak) get(ctx context.Context, id string, way Handle) (oidc.Object, error) {
	bearer, err := k.bearer(ctx, way.Token)
	if err != nil {
		return nil, err
	}
	object, err := k.Peer.Ask(ctx, Question{Method: http.MethodGet, Address: k.at(id), Bearer: bearer})
	return object, gone(err)
}

// answered reads a client of Keycloak's and the token that is good for it now.
func (k Keycloak) answered(id string, object oidc.Object, way Handle) (Registration, Handle, error) {
	at := k.at(id)
	read, err := representation(object).read()
	if err != nil {
		return Registration{}, way, malformed(at, err)
	}
	if read.ID != id {
		return Registration{}, way, otherClient(at)
	}
	token, err := object.Text("registrationAccessToken")
	if err != nil {
		return Registration{}, way, malformed(at, errors.New("its registrationAccessToken is no string"))
	}
	if token != "" && k.Account == nil {
		way.Token = secret.New(token)
	}
	return read, way, nil
}

// gone turns 401 into a Gone: it is the answer to a token whose registration is no
// more, and to one that another took the place of.
func gone(err error) error {
	var no *Refused
	if errors.As(err, &no) && no.Status == http.StatusUnauthorized {
		return &Gone{no}
	}
	return err
}

// keycloakRefusal says what to change, where a policy of the realm refuses.
func keycloakRefusal(err error) error {
	var no *Refused
	if !errors.As(err, &no) {
		return err
	}
	switch {
	case strings.Contains(no.Text, "Identifier in use"):
		return ErrExists
	case strings.Contains(no.Text, "Allowed Protocol Mapper Types"):
		no.Mend = "in the realm: Clients, Client registration, Authenticated access policies, Allowed Protocol Mapper Types: add oidc-audience-mapper and " +
			"oidc-group-membership-mapper; or write `mappers: []` and let the realm's client scopes put audience and groups into tokens"
	case strings.Contains(no.Text, "Trusted Hosts"):
		no.Mend = "this was taken for an anonymous request: the token of register is no initial access token of this realm's"
	case strings.Contains(no.Text, "No remaining count"):
		no.Mend = "the initial access token has made as many clients as it may: have a new one issued"
	case no.Status == http.StatusForbidden:
		no.Mend = "the account needs the role manage-clients of the client realm-management (create-client is enough to make clients)"
	}
	return no
}

func malformed(at string, err error) error {
	return &oidc.Error{Kind: oidc.Malformed, At: at, Got: "the answer is not a registration: " + err.Error(), Want: "what was asked for"}
}

func otherClient(at string) error {
	return &oidc.Error{Kind: oidc.Malformed, At: at, Got: "the answer is about another client", Want: "the client that was asked about"}
}

// raw is a value as JSON; the values here always have one.
func raw(value any) json.RawMessage {
	text, _ := json.Marshal(value)
	return text
}
