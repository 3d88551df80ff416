package oidc

import (
	"encoding/json"

	"github.com/go-jose/go-jose/v4"
)

// PublicSet gives the public half as a JWK set (RFC 7517 section 5), on one line: what
// a provider is to know of the client.
func (k *SigningKey) PublicSet() (string, error) {
	public := k.jwk.Public()
	public.Use = "sig"
	text, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{public}})
	return string(text), err
}
