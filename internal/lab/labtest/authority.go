package labtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Authority issues throwaway certificates to clients.
type Authority struct {
	PEM  []byte
	File string // which holds it

	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// NewAuthority makes one of a common name.
func NewAuthority(t testing.TB, name string) Authority {
	t.Helper()
	a := Authority{File: filepath.Join(t.TempDir(), "ca.pem")}
	form := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	var der []byte
	a.key, der = signed(t, form, nil)
	var err error
	if a.certificate, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	a.PEM = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	if err := os.WriteFile(a.File, a.PEM, 0o644); err != nil {
		t.Fatal(err)
	}
	return a
}

// Issue writes dir/name.pem and dir/name.key for a subject of parts such as CN=edge.
func (a Authority) Issue(t testing.TB, dir, name string, subject ...string) {
	t.Helper()
	form := &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), NotAfter: time.Now().Add(time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}
	for _, part := range subject {
		switch kind, value, _ := strings.Cut(part, "="); kind {
		case "CN":
			form.Subject.CommonName = value
		case "O":
			form.Subject.Organization = []string{value}
		default:
			t.Fatalf("no part %s is known here", kind)
		}
	}
	key, der := signed(t, form, &a)
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for ending, block := range map[string]*pem.Block{".pem": {Type: "CERTIFICATE", Bytes: der}, ".key": {Type: "PRIVATE KEY", Bytes: pkcs8}} {
		if err := os.WriteFile(filepath.Join(dir, name+ending), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// signed makes a key and its certificate, of an authority or, without one, of itself.
func signed(t testing.TB, form *x509.Certificate, by *Authority) (*ecdsa.PrivateKey, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	parent, signer := form, key
	if by != nil {
		parent, signer = by.certificate, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, form, parent, key.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	return key, der
}
