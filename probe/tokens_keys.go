package probe

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"

	"github.com/go-jose/go-jose/v4"
)

// strangeKeys are keys of our own, which no issuer has. They are made when they are
// needed, since an RSA key takes a tenth of a second. The zero value is ready; it is
// not for several goroutines.
type strangeKeys struct {
	made map[jose.SignatureAlgorithm]crypto.Signer
}

// fit gives a key for an algorithm, and RS256 for one that takes no such key.
func (s *strangeKeys) fit(name string) (jose.SignatureAlgorithm, crypto.Signer, error) {
	algorithm := jose.SignatureAlgorithm(name)
	curve, elliptical := map[jose.SignatureAlgorithm]elliptic.Curve{
		jose.ES256: elliptic.P256(), jose.ES384: elliptic.P384(), jose.ES512: elliptic.P521(),
	}[algorithm]
	switch {
	case elliptical:
		key, err := s.once(algorithm, func() (crypto.Signer, error) { return ecdsa.GenerateKey(curve, rand.Reader) })
		return algorithm, key, err
	case algorithm == jose.EdDSA:
		key, err := s.once(algorithm, func() (crypto.Signer, error) {
			_, private, err := ed25519.GenerateKey(rand.Reader)
			return private, err
		})
		return algorithm, key, err
	}
	key, err := s.once(jose.RS256, func() (crypto.Signer, error) { return rsa.GenerateKey(rand.Reader, 2048) })
	return rsaAlgorithm(algorithm), key, err
}

func rsaAlgorithm(algorithm jose.SignatureAlgorithm) jose.SignatureAlgorithm {
	switch algorithm {
	case jose.RS384, jose.RS512, jose.PS256, jose.PS384, jose.PS512:
		return algorithm
	}
	return jose.RS256
}

func (s *strangeKeys) once(name jose.SignatureAlgorithm, generate func() (crypto.Signer, error)) (crypto.Signer, error) {
	if key, ok := s.made[name]; ok {
		return key, nil
	}
	key, err := generate()
	if err != nil {
		return nil, err
	}
	if s.made == nil {
		s.made = map[jose.SignatureAlgorithm]crypto.Signer{}
	}
	s.made[name] = key
	return key, nil
}
