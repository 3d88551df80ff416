package cabundle

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
)

// validity tells of a certificate outside its time.
func (j *judge) validity(c Certificate) {
	switch left := c.NotAfter.Sub(j.now); {
	case left < 0:
		j.tell(c, j.unfit, "ca-expired", "has expired on "+day(c.NotAfter), "")
	case c.NotBefore.After(j.now):
		j.tell(c, j.unfit, "ca-not-yet-valid", "is not valid before "+day(c.NotBefore), "")
	case left < soon:
		j.tell(c, finding.Warning, "ca-expires-soon", fmt.Sprintf("expires on %s, in %d days", day(c.NotAfter), int(left.Hours()/24)), "")
	}
}

func (j *judge) timely(c Certificate) bool {
	return !j.now.After(c.NotAfter) && !c.NotBefore.After(j.now)
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// strength tells of keys and signatures that programs refuse. A root's own signature
// says nothing, and nobody looks at it.
func (j *judge) strength(c Certificate) {
	if bits, least := keySize(c.Certificate); bits < least {
		j.tell(c, j.unfit, "ca-weak-key", fmt.Sprintf("has a key of %d bits, expected %d or more: OpenSSL refuses it at its usual security level", bits, least), "")
	}
	if !ownName(c.Certificate) && weakSignatures[c.SignatureAlgorithm] {
		j.tell(c, finding.Error, "ca-weak-signature", fmt.Sprintf("is signed with %s, which can be forged and which programs refuse", c.SignatureAlgorithm), "")
	}
}

// weakSignatures are refused by OpenSSL 3 at level 2 and by Go.
var weakSignatures = map[x509.SignatureAlgorithm]bool{
	x509.MD2WithRSA: true, x509.MD5WithRSA: true, x509.SHA1WithRSA: true, x509.ECDSAWithSHA1: true, x509.DSAWithSHA1: true,
}

// keySize gives the bits of a key and what they must be for 112 bits of security
// (SSL_CTX_set_security_level(3), level 2).
func keySize(c *x509.Certificate) (bits, least int) {
	switch key := c.PublicKey.(type) {
	case *rsa.PublicKey:
		return key.N.BitLen(), 2048
	case *ecdsa.PublicKey:
		return key.Curve.Params().BitSize, 224
	default:
		return 0, 0
	}
}
