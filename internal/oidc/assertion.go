package oidc

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/fedstone/fedstone/internal/secret"
)

// assertionLife is how long an assertion holds: long enough for a slow request
// and a clock that is a little off, as RFC 7523 section 3 wants it short.
const assertionLife = 60 * time.Second

// assertion signs who the client is (RFC 7523 section 3). The audience is the
// token endpoint, also at the provider's other endpoints: OpenID Connect Core
// section 9 has it so.
func (k *SigningKey) assertion(doc *Document, client string) (secret.Value, error) {
	alg, err := k.algorithm(doc)
	if err != nil {
		return secret.Value{}, err
	}
	now := time.Now()
	claims, err := json.Marshal(map[string]any{
		"iss": client, "sub": client, "aud": doc.TokenEndpoint, "jti": rand.Text(),
		"iat": now.Unix(), "exp": now.Add(assertionLife).Unix(),
	})
	if err != nil {
		return secret.Value{}, fmt.Errorf("client assertion: %w", err)
	}
	return k.sign(alg, claims)
}

func (k *SigningKey) sign(alg jose.SignatureAlgorithm, claims []byte) (secret.Value, error) {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: k.jwk}, (&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		return secret.Value{}, fmt.Errorf("client assertion: %w", err)
	}
	signed, err := signer.Sign(claims)
	if err != nil {
		return secret.Value{}, fmt.Errorf("client assertion: %w", err)
	}
	text, err := signed.CompactSerialize()
	return secret.New(text), err
}

// algorithm picks the first that the key fits and the provider takes. A document
// without the list says nothing (Discovery section 3), so the key decides alone.
func (k *SigningKey) algorithm(doc *Document) (jose.SignatureAlgorithm, error) {
	fitting, taken := k.algorithms(), doc.TokenAuthAlgorithmsSupported
	if len(taken) == 0 {
		return fitting[0], nil
	}
	for _, alg := range fitting {
		if slices.Contains(taken, string(alg)) {
			return alg, nil
		}
	}
	return "", &Error{Kind: BadFile, At: k.path, Got: fmt.Sprintf("the key signs by %s", fitting[0]),
		Want: "one of " + Excerpt(strings.Join(taken, ", "), 200) + " (token_endpoint_auth_signing_alg_values_supported)",
		Mend: "make a key of a kind that the provider takes"}
}

// algorithms are what the key may sign by, the usual one first; a JWK's alg is
// the only one.
func (k *SigningKey) algorithms() []jose.SignatureAlgorithm {
	public := k.jwk.Public()
	public.Algorithm = ""
	fitting := algorithmsOf(public)
	named := jose.SignatureAlgorithm(k.jwk.Algorithm)
	switch {
	case named == "":
		return fitting
	case slices.Contains(fitting, named):
		return []jose.SignatureAlgorithm{named}
	default:
		return nil
	}
}
