package login

import (
	"time"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
)

// Margin is how long a token has to be good for, to be worth using: the clocks
// of this machine and of those who judge the token may be apart, and it has to
// get there.
const Margin = 30 * time.Second

// record is what is kept of a login. Only writing it to the cache reveals the
// tokens, so they are texts here alone.
type record struct {
	Version int       `json:"version"`
	Issuer  string    `json:"issuer"` // this and the next two are for a person who looks
	Client  string    `json:"client"`
	Grant   string    `json:"grant"`
	Access  string    `json:"access_token"`
	ID      string    `json:"id_token,omitempty"`
	Refresh string    `json:"refresh_token,omitempty"`
	Expiry  time.Time `json:"expiry"` // of the bearer; zero: nobody knows
	Scope   string    `json:"scope,omitempty"`
}

func recordOf(at Place, t oidc.Tokens) record {
	p := at.IDP.Probe
	return record{
		Version: 1, Issuer: at.IDP.Issuer.Value, Client: p.Client.ID.Value, Grant: p.Grant.Value,
		Access: t.Access.Reveal(), ID: t.ID.Reveal(), Refresh: t.Refresh.Reveal(),
		Expiry: expiryOf(Bearer(at.IDP, t), t.Expiry), Scope: t.Scope,
	}
}

func (r record) tokens() oidc.Tokens {
	return oidc.Tokens{Access: secret.New(r.Access), ID: secret.New(r.ID), Refresh: secret.New(r.Refresh), Expiry: r.Expiry, Scope: r.Scope}
}

// fits reports whether the record is one of this place and not of one whose file
// was moved here.
func (r record) fits(at Place) bool {
	p := at.IDP.Probe
	return r.Version == 1 && r.Issuer == at.IDP.Issuer.Value && r.Client == p.Client.ID.Value && r.Grant == p.Grant.Value
}

// good reports whether the bearer can still be used.
func (r record) good(at Place, now time.Time) bool {
	return !Bearer(at.IDP, r.tokens()).Empty() && r.Expiry.After(now.Add(Margin))
}

// expiryOf is when a bearer ends: what the answer said, or the token's own exp
// where that comes first. An ID token may live shorter than the access token
// that the answer speaks of.
func expiryOf(bearer secret.Value, said time.Time) time.Time {
	token, err := oidc.ParseToken(bearer.Reveal())
	if err != nil {
		return said
	}
	seconds, err := token.Claims.Number("exp")
	own := time.Unix(int64(seconds), 0)
	if err != nil || seconds <= 0 || !said.IsZero() && said.Before(own) {
		return said
	}
	return own
}
