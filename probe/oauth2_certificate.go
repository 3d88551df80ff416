package probe

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"strings"
	"sync/atomic"

	"github.com/fedstone/fedstone/internal/spec"
)

// Certificates shows a client's certificate, and remembers whether a server has asked.
type Certificates struct {
	pair  tls.Certificate
	leaf  *x509.Certificate
	asked atomic.Bool
}

// LoadCertificates reads PEM files.
func LoadCertificates(certificate, key string) (*Certificates, error) {
	pair, err := tls.LoadX509KeyPair(certificate, key)
	if err != nil {
		return nil, err
	}
	leaf, err := x509.ParseCertificate(pair.Certificate[0])
	return &Certificates{pair: pair, leaf: leaf}, err
}

// Show serves tls.Config.GetClientCertificate. The certificate is shown whatever CAs the
// server names: its refusal tells more than a connection without one.
func (c *Certificates) Show(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
	c.asked.Store(true)
	return &c.pair, nil
}

// Asked reports whether a server has asked.
func (c *Certificates) Asked() bool { return c.asked.Load() }

// Leaf is the certificate itself.
func (c *Certificates) Leaf() *x509.Certificate { return c.leaf }

// lackingParts names the parts that the mapping reads and the subject has not.
func lackingParts(subject pkix.Name, user spec.CertificateUser) string {
	has := map[string]bool{}
	for _, a := range subject.Names {
		has[partNames()[a.Type.String()]] = true
	}
	var lacking []string
	for _, part := range []spec.Text{user.Name, user.ID, user.Email, user.Domain, user.DomainID} {
		if part.Given() && !has[part.Value] {
			lacking = append(lacking, part.Value)
		}
	}
	return strings.Join(lacking, ", ")
}

// partNames are the names of RFC 4514, section 3, and Keystone's own for one more.
func partNames() map[string]string {
	return map[string]string{
		"2.5.4.3": "CN", "2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.6": "C", "2.5.4.9": "STREET",
		"0.9.2342.19200300.100.1.25": "DC", "0.9.2342.19200300.100.1.1": "UID", "1.2.840.113549.1.9.1": "emailAddress",
	}
}
