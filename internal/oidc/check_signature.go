package oidc

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"
)

// signature verifies the token against the key its kid names. Without a kid
// there must be one fitting key only (OpenID Connect Core, section 10.1).
func (c *checker) signature(raw string, keys *Keys) {
	alg := jose.SignatureAlgorithm(c.token.Algorithm)
	if !slices.Contains(asymmetric(), alg) {
		c.fail("alg", fmt.Sprintf("%q", c.token.Algorithm), "an asymmetric signature such as RS256 or ES256", "a token that anybody could make is never accepted: set the client's signature algorithm at the provider")
		return
	}
	c.pass("alg", c.token.Algorithm)
	key, problem, mend := c.pick(alg, keys)
	if problem != "" {
		c.fail("signature", problem, "a key of the issuer's set", mend)
		return
	}
	if !verifies(raw, alg, key) {
		c.fail("signature", "it does not fit the issuer's key "+key.KeyID, "a signature by that key", "the token was changed, or made elsewhere: take a fresh one")
		return
	}
	c.pass("signature", strings.TrimSpace(c.token.Algorithm+" by key "+key.KeyID))
}

func asymmetric() []jose.SignatureAlgorithm {
	return []jose.SignatureAlgorithm{
		jose.RS256, jose.RS384, jose.RS512, jose.PS256, jose.PS384, jose.PS512,
		jose.ES256, jose.ES384, jose.ES512, jose.EdDSA,
	}
}

func (c *checker) pick(alg jose.SignatureAlgorithm, keys *Keys) (key jose.JSONWebKey, problem, mend string) {
	named, fitting := keys.candidates(c.token.KeyID, alg)
	switch {
	case named == 0:
		return key, fmt.Sprintf("kid %q is not in the issuer's key set", Excerpt(c.token.KeyID, 80)), "the token is of another issuer, or the provider has changed its keys: take a fresh token"
	case len(fitting) == 0:
		return key, fmt.Sprintf("the key is not for %s", alg), "the key decides the algorithm (RFC 8725 section 3.1)"
	case len(fitting) > 1 && c.token.KeyID == "":
		return key, fmt.Sprintf("the token has no kid, and %d keys fit", len(fitting)), "have the provider put the kid into the header"
	case len(fitting) > 1:
		return key, fmt.Sprintf("%d keys have the token's kid", len(fitting)), "have the provider give each key an id of its own"
	}
	return fitting[0], "", ""
}

// candidates gives the number of keys with that id (all, for a token without
// one), and those among them that may be used with the algorithm.
func (k *Keys) candidates(id string, alg jose.SignatureAlgorithm) (named int, fitting []jose.JSONWebKey) {
	for _, key := range k.keys {
		if id != "" && key.KeyID != id {
			continue
		}
		named++
		if slices.Contains(algorithmsOf(key), alg) {
			fitting = append(fitting, key)
		}
	}
	return named, fitting
}

func verifies(raw string, alg jose.SignatureAlgorithm, key jose.JSONWebKey) bool {
	signed, err := jose.ParseSignedCompact(raw, []jose.SignatureAlgorithm{alg})
	if err != nil {
		return false
	}
	_, err = signed.Verify(key.Key)
	return err == nil
}
