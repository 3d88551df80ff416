package cabundle

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/input"
)

// largest bounds a bundle, in bytes. All public CAs are a quarter of a megabyte.
const largest = 4 << 20

// Bundle is what a file holds, in its order. Path is how findings name it.
type Bundle struct {
	Path         string
	Certificates []Certificate
}

// Certificate is one of a bundle. At is the line that begins its block.
type Certificate struct {
	*x509.Certificate
	At finding.Range
}

// Read reads a bundle. Findings are about its form; what the certificates say is for
// Check. The error is that the file cannot be read, or is too long.
func Read(path string) (*Bundle, []byte, finding.List, error) {
	text, err := input.File(path, largest)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("CA bundle: %w", err)
	}
	if len(text) > largest {
		return nil, nil, nil, fmt.Errorf("CA bundle: %s is longer than %d bytes, expected certificates in PEM", finding.Printable(path), largest)
	}
	b, list := Parse(path, text)
	return b, text, list, nil
}

// Parse reads the text of a bundle (RFC 7468). Without a certificate there is at
// least one finding that is an error.
func Parse(path string, text []byte) (*Bundle, finding.List) {
	r := reader{bundle: &Bundle{Path: path}}
	for _, found := range blocks(path, text) {
		r.take(found)
	}
	if len(r.bundle.Certificates) == 0 && !r.list.HasErrors() {
		r.fault(finding.Range{Path: path}, "ca-none", "the file holds no certificate in PEM, expected `-----BEGIN CERTIFICATE-----`", noneHint(text))
	}
	return r.bundle, r.list
}

// PEM gives the certificates and nothing else that stood in the file.
func (b *Bundle) PEM() []byte {
	var out strings.Builder
	for _, c := range b.Certificates {
		_ = pem.Encode(&out, &pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}) // a Builder takes all
	}
	return []byte(out.String())
}

// reader collects what the blocks of a file are.
type reader struct {
	bundle *Bundle
	list   finding.List
}

func (r *reader) fault(at finding.Range, slug, message, hint string) {
	r.list = append(r.list, finding.Finding{Slug: slug, Severity: finding.Error, At: at, Message: message, Hint: hintOf(slug, hint)})
}

func (r *reader) take(b block) {
	switch {
	case b.problem != "":
		r.fault(b.at, "ca-block-broken", b.problem, "")
	case strings.HasSuffix(b.kind, "PRIVATE KEY"):
		r.fault(b.at, "ca-private-key", "a private key lies in the bundle, which every user of the machine may read and which is copied to each controller", "")
	case b.kind == "CERTIFICATE":
		r.certificate(b)
	default:
		r.list = append(r.list, finding.Finding{Slug: "ca-other-block", Severity: finding.Warning, At: b.at,
			Message: fmt.Sprintf("a block %q is no certificate to all programs: Go passes over it, and so do others", b.kind), Hint: otherHint(b.kind)})
	}
}

func (r *reader) certificate(b block) {
	c, err := x509.ParseCertificate(b.bytes)
	if err != nil {
		r.fault(b.at, "ca-certificate-unreadable", "the block is no certificate that can be read: "+finding.Printable(err.Error()), "")
		return
	}
	r.bundle.Certificates = append(r.bundle.Certificates, Certificate{c, b.at})
}

// noneHint says how to make PEM of what there is.
func noneHint(text []byte) string {
	if len(text) > 1 && text[0] == 0x30 { // a SEQUENCE: DER
		return "openssl x509 -inform DER -in FILE -out FILE.pem"
	}
	return ""
}

func otherHint(kind string) string {
	if kind == "TRUSTED CERTIFICATE" {
		return "openssl x509 -in FILE -out FILE.pem"
	}
	return "take the block out"
}
