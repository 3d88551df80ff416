package optest

import (
	"cmp"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"sync"
	"testing"

	"github.com/go-jose/go-jose/v4"
)

// Keys are a provider's signing keys: "rsa", or what RSAID says, and "ec".
type Keys struct {
	RSA   *rsa.PrivateKey
	EC    *ecdsa.PrivateKey
	RSAID string // "" is "rsa"
}

func (k *Keys) rsaID() string { return cmp.Or(k.RSAID, "rsa") }

// sharedRSA is made once in a test process, since making one takes a while.
var sharedRSA = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

// NewKeys makes an EC key, and an RSA key that all providers of a process share
// unless Other is called.
func NewKeys(t testing.TB) *Keys {
	t.Helper()
	key, err := sharedRSA()
	if err != nil {
		t.Fatal(err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &Keys{RSA: key, EC: curve}
}

// Other replaces the RSA key by a fresh one.
func (k *Keys) Other(t testing.TB) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	k.RSA = key
}

// Public gives the key set as published.
func (k *Keys) Public() jose.JSONWebKeySet {
	return jose.JSONWebKeySet{Keys: []jose.JSONWebKey{
		{Key: &k.RSA.PublicKey, KeyID: k.rsaID(), Use: "sig", Algorithm: "RS256"},
		{Key: &k.EC.PublicKey, KeyID: "ec", Use: "sig", Algorithm: "ES256"},
	}}
}

// RS256 signs claims with the RSA key; extra header members may replace kid and typ.
func (k *Keys) RS256(claims, header map[string]any) string {
	return Sign(jose.RS256, k.RSA, claims, merged(map[string]any{"kid": k.rsaID(), "typ": "at+jwt"}, header))
}

// ES256 signs claims with the EC key.
func (k *Keys) ES256(claims, header map[string]any) string {
	return Sign(jose.ES256, k.EC, claims, merged(map[string]any{"kid": "ec", "typ": "at+jwt"}, header))
}

func merged(base, over map[string]any) map[string]any {
	for name, v := range over {
		if v == nil {
			delete(base, name)
			continue
		}
		base[name] = v
	}
	return base
}

// Sign makes a compact JWT with any algorithm, key and header. It panics where
// the algorithm and the key do not fit: that is a mistake in a test.
func Sign(alg jose.SignatureAlgorithm, key any, claims, header map[string]any) string {
	opts := &jose.SignerOptions{}
	for name, v := range header {
		opts.WithHeader(jose.HeaderKey(name), v)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: key}, opts)
	if err != nil {
		panic(err)
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		panic(err)
	}
	text, err := signed.CompactSerialize()
	if err != nil {
		panic(err)
	}
	return text
}
