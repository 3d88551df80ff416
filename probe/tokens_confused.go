package probe

import (
	"crypto/x509"
	"encoding/pem"

	"github.com/fedstone/fedstone/probe/symptom"
)

// confused: HS256 with what everybody knows for its secret, the issuer's public key
// in the forms that libraries keep it in (RFC 8725 section 2.1), or nothing.
func confused() []forgery {
	return []forgery{
		{"hs256-pem", symptom.PublicSecret, func(f *forger) (string, error) {
			der := f.publicDER()
			if der == nil {
				return "", nil
			}
			return f.authenticated(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})), nil
		}},
		{"hs256-der", symptom.PublicSecret, func(f *forger) (string, error) {
			der := f.publicDER()
			if der == nil {
				return "", nil
			}
			return f.authenticated(der), nil
		}},
		{"hs256-empty", symptom.PublicSecret, func(f *forger) (string, error) { return f.authenticated(nil), nil }},
	}
}

// publicDER is the issuer's key as SubjectPublicKeyInfo; nil where it is not known.
func (f *forger) publicDER() []byte {
	if f.public == nil {
		return nil
	}
	der, err := x509.MarshalPKIXPublicKey(f.public)
	if err != nil {
		return nil // a type of key that has no such form
	}
	return der
}
