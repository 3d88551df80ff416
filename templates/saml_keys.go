package templates

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"time"
)

// Keys are a service provider's key and its certificate, both PEM. The key signs what is asked of the
// identity provider; the certificate is in the metadata that the identity provider has.
type Keys struct{ Key, Certificate []byte }

// The size of a new key in bits, and how long its certificate holds: it says who holds the key and no
// more, and to replace it takes the identity provider's owner.
const (
	keyBits  = 3072
	keyYears = 10
)

// NewKeys makes keys for the service provider of that entity id.
func NewKeys(entityID string, now time.Time) (Keys, error) {
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return Keys{}, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return Keys{}, err
	}
	c := &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: commonName(entityID)}, NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(keyYears, 0, 0)}
	certificate, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		return Keys{}, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return Keys{}, err
	}
	return Keys{pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate})}, nil
}

// commonName cuts an entity id to what X.520 allows (ub-common-name).
func commonName(entityID string) string { return entityID[:min(len(entityID), 64)] }

// Check gives an error where key and certificate are none, or not of each other. It repeats nothing of the key.
func (k Keys) Check() error {
	_, err := k.certificate()
	return err
}

// Ends is when the certificate ends; zero where there is none.
func (k Keys) Ends() time.Time {
	c, err := k.certificate()
	if err != nil {
		return time.Time{}
	}
	return c.NotAfter
}

func (k Keys) certificate() (*x509.Certificate, error) {
	pair, err := tls.X509KeyPair(k.Certificate, k.Key)
	if err != nil {
		return nil, fmt.Errorf("the key and the certificate of the service provider: %w", err)
	}
	if len(pair.Certificate) != 1 {
		return nil, errors.New("the certificate of the service provider: several, expected one")
	}
	if _, is := pair.PrivateKey.(crypto.Signer).Public().(*rsa.PublicKey); !is {
		return nil, errors.New("the key of the service provider is not RSA, which its module needs to sign with rsa-sha256")
	}
	return x509.ParseCertificate(pair.Certificate[0])
}
