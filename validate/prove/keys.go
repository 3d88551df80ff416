package prove

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"sync"

	"github.com/go-jose/go-jose/v4"
)

// rsaKeys are made once for each test program, since making one takes a while. The issuers of a site have different
// ones as long as they are no more than there are keys.
var rsaKeys = [...]func() (*rsa.PrivateKey, error){sync.OnceValues(newRSA), sync.OnceValues(newRSA), sync.OnceValues(newRSA), sync.OnceValues(newRSA)}

func newRSA() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) }

// keyPair are an issuer's signing keys, their ids rsa-1 and ec-1 after its host.
type keyPair struct {
	rsa         *rsa.PrivateKey
	ec          *ecdsa.PrivateKey
	rsaID, ecID string
}

// newKeys gives the n-th issuer of a site its keys.
func newKeys(n int, name string) (*keyPair, error) {
	r, err := rsaKeys[n%len(rsaKeys)]()
	if err != nil {
		return nil, err
	}
	e, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	return &keyPair{r, e, name + "-rsa", name + "-ec"}, err
}

// public is the JSON Web Key Set.
func (k *keyPair) public() jose.JSONWebKeySet {
	return jose.JSONWebKeySet{Keys: []jose.JSONWebKey{
		{Key: k.rsa.Public(), KeyID: k.rsaID, Use: "sig", Algorithm: "RS256"},
		{Key: k.ec.Public(), KeyID: k.ecID, Use: "sig", Algorithm: "ES256"},
	}}
}

// signer gives the key and its id for an algorithm.
func (k *keyPair) signer(alg string) (crypto.Signer, string) {
	if alg == "ES256" {
		return k.ec, k.ecID
	}
	return k.rsa, k.rsaID
}
