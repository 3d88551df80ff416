package probe

import (
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"math/big"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/fedstone/fedstone/probe/symptom"
)

// noSuchKey is a kid that no issuer has.
const noSuchKey = "fedstone-probe-no-such-key"

// strange: tokens signed by a key of our own, which say so or not (RFC 7515 section
// 4.1.2 to 4.1.6). The address in jku cannot exist: a verifier that follows it is
// not found by that, one that takes any key is.
func strange() []forgery {
	by := func(changes members) func(*forger) (string, error) {
		return func(f *forger) (string, error) { return f.signed(changes) }
	}
	return []forgery{
		{"own-key", symptom.StrangeKey, by(nil)},
		{"unknown-kid", symptom.StrangeKey, by(members{"kid": noSuchKey})},
		{"no-kid", symptom.StrangeKey, by(members{"kid": nil})},
		{"jku", symptom.StrangeKey, by(members{"kid": noSuchKey, "jku": bogus + "/jwks.json"})},
		{"jwk", symptom.KeyInHeader, bringingKey},
		{"x5c", symptom.KeyInHeader, bringingCertificate},
	}
}

func bringingKey(f *forger) (string, error) {
	_, key, err := f.keys.fit(f.token.Algorithm)
	if err != nil {
		return "", err
	}
	return f.signed(members{"kid": noSuchKey, "jwk": jose.JSONWebKey{Key: key.Public(), KeyID: noSuchKey, Use: "sig"}})
}

func bringingCertificate(f *forger) (string, error) {
	_, key, err := f.keys.fit(f.token.Algorithm)
	if err != nil {
		return "", err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: noSuchKey},
		NotBefore: f.now.Add(-time.Hour), NotAfter: f.now.Add(time.Hour), KeyUsage: x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return "", err
	}
	return f.signed(members{"kid": noSuchKey, "x5c": []string{base64.StdEncoding.EncodeToString(der)}})
}
