package lab

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"os"
	"testing"
)

// TestCertificateNamesItsAuthority: programs that verify strictly refuse a certificate without the authority's key identifier.
func TestCertificateNamesItsAuthority(t *testing.T) {
	dir := t.TempDir()
	l := &Lab{CAFile: dir + "/ca.pem", CertFile: dir + "/cert.pem", KeyFile: dir + "/key.pem"}
	if err := l.writeCertificates(); err != nil {
		t.Fatal(err)
	}
	ca, leaf := certificate(t, l.CAFile), certificate(t, l.CertFile)
	if len(leaf.AuthorityKeyId) == 0 || !bytes.Equal(leaf.AuthorityKeyId, ca.SubjectKeyId) {
		t.Errorf("authority key identifier %x, want the CA's %x", leaf.AuthorityKeyId, ca.SubjectKeyId)
	}
}

func certificate(t *testing.T, file string) *x509.Certificate {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text)
	if block == nil {
		t.Fatalf("%s: no PEM in it", file)
	}
	c, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
