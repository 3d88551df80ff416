package oidc

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/go-jose/go-jose/v4"
)

// Caps of a key set. Real ones hold up to about ten keys.
const (
	maxKeys     = 100
	maxKeyBytes = 32 << 10
	minRSABits  = 2048
	maxRSABits  = 8192
)

// Keys are an issuer's public signing keys. Skipped says why others of the set
// do not count.
type Keys struct {
	keys    []jose.JSONWebKey
	Skipped []string
}

// Len gives the number of signing keys.
func (k *Keys) Len() int { return len(k.keys) }

// IDs gives the key ids, in the set's order; a key without one gives "".
func (k *Keys) IDs() []string {
	var out []string
	for _, key := range k.keys {
		out = append(out, key.KeyID)
	}
	return out
}

// FetchKeys gets and checks the key set (RFC 7517) at a document's jwks_uri.
func FetchKeys(ctx context.Context, client *http.Client, jwksURI string) (*Keys, error) {
	raw, err := fetch(ctx, client, jwksURI, jwksLimit)
	if err != nil {
		return nil, err
	}
	keys, err := ParseKeys(raw)
	return keys, placed(jwksURI, err)
}

// ParseKeys reads a key set. A private or symmetric key in it is an error of
// kind PrivateKey, since everybody could sign with it; keys for encryption and
// of unknown types are skipped; weak, oversized or broken ones are Malformed.
func ParseKeys(raw []byte) (*Keys, error) {
	set, err := ParseObject(raw)
	if err != nil {
		return nil, err
	}
	var list []json.RawMessage
	if err := set.into("keys", "a list of keys", &list); err != nil {
		return nil, err
	}
	if len(list) == 0 || len(list) > maxKeys {
		return nil, malformed("", fmt.Sprintf("the key set holds %d keys", len(list)), fmt.Sprintf("1 to %d", maxKeys))
	}
	out := &Keys{}
	for i, text := range list {
		if err := out.add(i, text); err != nil {
			return nil, err
		}
	}
	if len(out.keys) == 0 {
		return nil, malformed("", fmt.Sprintf("the key set holds no signing key (%v)", out.Skipped), "at least one RSA, EC or Ed25519 key")
	}
	return out, nil
}

func (k *Keys) add(i int, text json.RawMessage) error {
	name := fmt.Sprintf("key %d", i+1)
	members, err := ParseObject(text)
	if err != nil {
		return err
	}
	kind, use, err := keyHead(members)
	switch {
	case err != nil:
		return err
	case members["d"] != nil || kind == "oct":
		return &Error{Kind: PrivateKey, Got: name + " of the published set is private or symmetric: whoever reads it can sign tokens", Want: "public keys alone", Mend: "withdraw that key at the provider at once"}
	case len(text) > maxKeyBytes:
		return malformed("", fmt.Sprintf("%s is %d bytes long", name, len(text)), fmt.Sprintf("at most %d", maxKeyBytes))
	case use == "enc":
		k.Skipped = append(k.Skipped, name+" is for encryption")
		return nil
	case kind != "RSA" && kind != "EC" && !isEd25519(members):
		k.Skipped = append(k.Skipped, fmt.Sprintf("%s has the type %.20q", name, kind))
		return nil
	}
	return k.parse(name, text)
}

func keyHead(members Object) (kind, use string, err error) {
	if kind, err = members.Text("kty"); err != nil {
		return "", "", err
	}
	use, err = members.Text("use")
	return kind, use, err
}

func isEd25519(members Object) bool {
	kind, _ := members.Text("kty")
	curve, _ := members.Text("crv")
	return kind == "OKP" && curve == "Ed25519"
}

func (k *Keys) parse(name string, text json.RawMessage) error {
	var key jose.JSONWebKey
	if err := key.UnmarshalJSON(text); err != nil {
		return malformed("", fmt.Sprintf("%s is broken: %s", name, Excerpt(err.Error(), 120)), "a key as in RFC 7518 section 6")
	}
	if err := checkKey(name, key.Key); err != nil {
		return err
	}
	k.keys = append(k.keys, key)
	return nil
}

func checkKey(name string, key any) error {
	public, ok := key.(*rsa.PublicKey)
	if !ok {
		return nil // go-jose has checked that the point is on the curve
	}
	if bits := public.N.BitLen(); bits < minRSABits || bits > maxRSABits {
		return malformed("", fmt.Sprintf("%s is an RSA key of %d bits", name, bits), fmt.Sprintf("%d to %d", minRSABits, maxRSABits))
	}
	if public.N.Bit(0) == 0 || public.E < 3 || public.E%2 == 0 || int64(public.E) > 1<<31-1 {
		return malformed("", fmt.Sprintf("%s is not a sound RSA key (even modulus, or exponent %d)", name, public.E), "an odd modulus and an odd exponent from 3")
	}
	return nil
}

// algorithmsOf gives the signature algorithms a key may be used with (RFC 8725
// section 3.1: the key decides, never the token). No symmetric one is among them.
func algorithmsOf(key jose.JSONWebKey) []jose.SignatureAlgorithm {
	if key.Algorithm != "" {
		return []jose.SignatureAlgorithm{jose.SignatureAlgorithm(key.Algorithm)}
	}
	switch public := key.Key.(type) {
	case *rsa.PublicKey:
		return []jose.SignatureAlgorithm{jose.RS256, jose.RS384, jose.RS512, jose.PS256, jose.PS384, jose.PS512}
	case *ecdsa.PublicKey:
		return curveAlgorithms()[public.Curve.Params().BitSize]
	case ed25519.PublicKey:
		return []jose.SignatureAlgorithm{jose.EdDSA}
	default:
		return nil
	}
}

func curveAlgorithms() map[int][]jose.SignatureAlgorithm {
	return map[int][]jose.SignatureAlgorithm{256: {jose.ES256}, 384: {jose.ES384}, 521: {jose.ES512}}
}
