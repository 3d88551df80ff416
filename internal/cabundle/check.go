package cabundle

import (
	"bytes"
	"crypto/x509"
	"fmt"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
)

// soon is how long before its end a certificate is told of.
const soon = 30 * 24 * time.Hour

// Check judges what the certificates say, at a time. What makes a certificate of no use
// is an error where none is fit to end a chain, and a warning beside one that is.
func (b *Bundle) Check(now time.Time) finding.List {
	j := &judge{now: now, unfit: finding.Error, bySubject: map[string][]Certificate{}, seen: map[string]finding.Range{}}
	for _, c := range b.Certificates {
		if j.fit(c) {
			j.unfit = finding.Warning
		}
		j.bySubject[string(c.RawSubject)] = append(j.bySubject[string(c.RawSubject)], c)
	}
	for _, c := range b.Certificates {
		if !j.twice(c) {
			j.one(c)
		}
	}
	return j.list
}

// fit reports whether a chain may end in a certificate.
func (j *judge) fit(c Certificate) bool {
	bits, least := keySize(c.Certificate)
	return mayIssue(c.Certificate) && maySign(c.Certificate) && j.timely(c) && bits >= least
}

type judge struct {
	now       time.Time
	unfit     finding.Severity // of what makes a certificate of no use
	bySubject map[string][]Certificate
	seen      map[string]finding.Range
	list      finding.List
}

func (j *judge) tell(c Certificate, severity finding.Severity, slug, message, hint string) {
	j.list = append(j.list, finding.Finding{Slug: slug, Severity: severity, At: c.At, Message: Name(c.Certificate) + " " + message, Hint: hintOf(slug, hint)})
}

// Name names a certificate in a message.
func Name(c *x509.Certificate) string { return fmt.Sprintf("%.200q", c.Subject.String()) }

func (j *judge) one(c Certificate) {
	j.authority(c)
	j.validity(c)
	j.strength(c)
	if mayIssue(c.Certificate) {
		j.root(c)
	}
}

// twice tells of a certificate that stood before.
func (j *judge) twice(c Certificate) bool {
	first, known := j.seen[string(c.Raw)]
	if !known {
		j.seen[string(c.Raw)] = c.At
		return false
	}
	j.list = append(j.list, finding.Finding{Slug: "ca-duplicate", Severity: finding.Info, At: c.At,
		Message: Name(c.Certificate) + " stands in the bundle already", Hint: hintOf("ca-duplicate", ""),
		Related: []finding.Related{{Message: "it stands here, too", At: first}}})
	return true
}

// authority: what signs others has CA:TRUE and, where a key usage is named,
// keyCertSign (RFC 5280 sections 4.2.1.9 and 4.2.1.3).
func (j *judge) authority(c Certificate) {
	switch {
	case oldRoot(c.Certificate):
		j.tell(c, finding.Warning, "ca-version-1", "is of version 1, which cannot say whether it is a CA (CA:TRUE): some programs refuse what it signed", "")
	case !mayIssue(c.Certificate) && ownSignature(c.Certificate):
		j.tell(c, finding.Warning, "ca-not-a-ca", "signs itself and is no CA (CA:TRUE is missing): it vouches for the one server that holds it, until that gets another", "have the server's certificate signed by a CA, and name that CA here")
	case !mayIssue(c.Certificate):
		j.tell(c, j.unfit, "ca-not-a-ca", "is no CA (CA:TRUE is missing) but what a CA has signed: "+issuedBy(c.Certificate), "")
	case !maySign(c.Certificate):
		j.tell(c, j.unfit, "ca-key-usage", "is a CA whose key may not sign certificates (keyCertSign is missing): programs refuse what it signed", "")
	}
}

func issuedBy(c *x509.Certificate) string { return fmt.Sprintf("by %.200q", c.Issuer.String()) }

// mayIssue reports whether a certificate is a CA's.
func mayIssue(c *x509.Certificate) bool { return c.BasicConstraintsValid && c.IsCA || oldRoot(c) }

func maySign(c *x509.Certificate) bool {
	return c.KeyUsage == 0 || c.KeyUsage&x509.KeyUsageCertSign != 0
}

func oldRoot(c *x509.Certificate) bool { return c.Version < 3 && ownName(c) }

func ownName(c *x509.Certificate) bool { return bytes.Equal(c.RawIssuer, c.RawSubject) }

// ownSignature does not ask CheckSignatureFrom, which wants a CA.
func ownSignature(c *x509.Certificate) bool {
	return ownName(c) && c.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil
}
