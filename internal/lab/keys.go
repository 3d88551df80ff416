package lab

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"

	"github.com/go-jose/go-jose/v4"
)

// newKey makes a client's key; the issuers have different kinds, so that each is tried on a real one.
func newKey(issuer string) (crypto.Signer, error) {
	switch issuer {
	case "corp":
		return rsa.GenerateKey(rand.Reader, 2048)
	case "partner":
		return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	default:
		_, key, err := ed25519.GenerateKey(rand.Reader)
		return key, err
	}
}

// writeKeys makes the keys of the clients that have one: PKCS#8 in PEM, beside the secrets.
func (r *run) writeKeys() error {
	for _, issuer := range r.lab.Issuers {
		key, err := newKey(issuer.Name)
		if err != nil {
			return fmt.Errorf("a client's key: %w", err)
		}
		der, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			return fmt.Errorf("a client's key: %w", err)
		}
		text := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
		if err := writeFor(r.lab.SecretFile(issuer.Name+"-keystone-cli-key"), text, nil); err != nil {
			return err
		}
	}
	return nil
}

// keySet is the public half of a key as a JWK set; its id is the thumbprint (RFC 7638).
func (l *Lab) keySet(name string) (*jose.JSONWebKeySet, error) {
	text, err := l.secret(name)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, fmt.Errorf("%s: no PEM in it", l.SecretFile(name))
	}
	private, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.SecretFile(name), err)
	}
	public := (&jose.JSONWebKey{Key: private, Use: "sig"}).Public()
	sum, err := public.Thumbprint(crypto.SHA256)
	if err != nil {
		return nil, err
	}
	public.KeyID = base64.RawURLEncoding.EncodeToString(sum)
	return &jose.JSONWebKeySet{Keys: []jose.JSONWebKey{public}}, nil
}
