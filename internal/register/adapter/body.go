package adapter

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/secret"
)

// Body is a client as the API has it (names of RFC 7591 section 2). Lists are never nil
// in what is sent.
type Body struct {
	ID           string
	Secret       secret.Value
	Name         string
	RedirectURIs []string
	Grants       []string
}

// wire is Body in JSON.
type wire struct {
	ID           string   `json:"client_id"`
	Secret       string   `json:"client_secret,omitempty"`
	Name         string   `json:"client_name,omitempty"`
	RedirectURIs []string `json:"redirect_uris"`
	Grants       []string `json:"grant_types"`
}

// JSON gives the body with its secret: it is for the way and for the store, not for
// people.
func (b Body) JSON() ([]byte, error) {
	return json.Marshal(wire{b.ID, b.Secret.Reveal(), b.Name, sorted(b.RedirectURIs), sorted(b.Grants)})
}

// sorted gives a set in one order, and never null.
func sorted(set []string) []string {
	out := append([]string{}, set...)
	slices.Sort(out)
	return slices.Compact(out)
}

// ParseBody reads a client strictly: each name once, each member of its type. Members
// that the API does not have are passed over. The error is an *oidc.Error without a
// place, and holds no value.
func ParseBody(raw []byte) (Body, error) {
	o, err := oidc.ParseObject(raw)
	if err != nil {
		return Body{}, unquoted(err)
	}
	var b Body
	var password string
	for _, m := range []struct {
		name string
		into *string
	}{{"client_id", &b.ID}, {"client_secret", &password}, {"client_name", &b.Name}} {
		if *m.into, err = o.Text(m.name); err != nil {
			return Body{}, wrongType(m.name, "a string")
		}
	}
	b.Secret = secret.New(password)
	if b.RedirectURIs, err = o.Texts("redirect_uris"); err != nil {
		return Body{}, wrongType("redirect_uris", "a list of strings")
	}
	if b.Grants, err = o.Texts("grant_types"); err != nil {
		return Body{}, wrongType("grant_types", "a list of strings")
	}
	return b, nil
}

func wrongType(name, want string) error {
	return &oidc.Error{Kind: oidc.Malformed, Got: fmt.Sprintf("%q is of another type", name), Want: want}
}

// unquoted drops what an error repeats of a text that may hold a secret.
func unquoted(err error) error {
	return &oidc.Error{Kind: oidc.KindOf(err), Got: "the text is not one JSON object with each name once", Want: "a client"}
}

// BodyOf gives what the API can say of a registration.
func BodyOf(r register.Registration) Body {
	return Body{ID: r.ID, Secret: r.Secret, Name: r.Name, RedirectURIs: r.RedirectURIs, Grants: r.Grants}
}

// Registration gives what a body says.
func (b Body) Registration() register.Registration {
	return register.Registration{ID: b.ID, Secret: b.Secret, Name: b.Name, RedirectURIs: b.RedirectURIs, Grants: b.Grants}
}
