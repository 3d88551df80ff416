package cabundle_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"testing"
	"time"
)

// now is when the tests take place.
var now = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// made is a certificate with its key.
type made struct {
	*x509.Certificate
	key crypto.Signer
}

// maker makes certificates; each differs from the last by its number.
type maker struct {
	t      testing.TB
	number int64
	today  bool // valid when the test runs, for programs that have a clock of their own
}

type change func(*x509.Certificate)

// issue makes a CA of that name, signed by another; nil signs itself. Changes come last.
func (m *maker) issue(name string, by *made, changes ...change) *made {
	m.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		m.t.Fatal(err)
	}
	return m.with(key, name, by, changes...)
}

func (m *maker) with(key crypto.Signer, name string, by *made, changes ...change) *made {
	m.t.Helper()
	m.number++
	form := &x509.Certificate{
		SerialNumber: big.NewInt(m.number), Subject: pkix.Name{CommonName: name},
		NotBefore: now.AddDate(-1, 0, 0), NotAfter: now.AddDate(1, 0, 0),
		BasicConstraintsValid: true, IsCA: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	if m.today {
		form.NotBefore, form.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	}
	for _, c := range changes {
		c(form)
	}
	signer := &made{form, key}
	if by != nil {
		signer = by
	}
	raw, err := x509.CreateCertificate(rand.Reader, form, signer.Certificate, key.Public(), signer.key)
	if err != nil {
		m.t.Fatal(err)
	}
	c, err := x509.ParseCertificate(raw)
	if err != nil {
		m.t.Fatal(err)
	}
	return &made{c, key}
}

// weak makes a CA with a short key.
func (m *maker) weak(name string) *made {
	m.t.Helper()
	m.t.Setenv("GODEBUG", "rsa1024min=0")
	key, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		m.t.Fatal(err)
	}
	return m.with(key, name, nil)
}

func leaf(c *x509.Certificate) {
	c.IsCA, c.KeyUsage, c.DNSNames = false, x509.KeyUsageDigitalSignature, []string{"localhost"}
}

func noSign(c *x509.Certificate)  { c.KeyUsage = x509.KeyUsageCRLSign }
func expired(c *x509.Certificate) { c.NotAfter = now.Add(-time.Hour) }
func early(c *x509.Certificate)   { c.NotBefore = now.Add(time.Hour) }
func ending(c *x509.Certificate)  { c.NotAfter = now.AddDate(0, 0, 10) }

func text(certificates ...*made) string {
	var out []byte
	for _, c := range certificates {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	return string(out)
}

func keyText(t testing.TB, c *made) string {
	t.Helper()
	raw, err := x509.MarshalPKCS8PrivateKey(c.key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw}))
}
