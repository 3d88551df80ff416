package saml

import (
	"crypto/x509"
	"encoding/base64"
	"strings"
	"time"
)

// Certificate is a key of an identity provider. SAML takes a certificate for a
// holder of the key and no more: many service providers do not look at its dates.
type Certificate struct {
	Raw                 []byte // DER
	Subject             string
	NotBefore, NotAfter time.Time
}

// signing gives the keys of a role that are for signing: those without a use are
// for both (SAML 2.0 Metadata, section 2.4.1.1).
func signing(text []byte, role *Element) ([]Certificate, error) {
	var out []Certificate
	for _, key := range role.all(nsMetadata, "KeyDescriptor") {
		if use := key.attribute("use"); use != "" && use != "signing" {
			continue
		}
		certificates, err := certificatesOf(text, key)
		if err != nil {
			return nil, err
		}
		out = append(out, certificates...)
	}
	return out, nil
}

// certificatesOf reads ds:KeyInfo/ds:X509Data/ds:X509Certificate.
func certificatesOf(text []byte, owner *Element) ([]Certificate, error) {
	var out []Certificate
	for _, info := range owner.all(nsSignature, "KeyInfo") {
		for _, data := range info.all(nsSignature, "X509Data") {
			for _, e := range data.all(nsSignature, "X509Certificate") {
				c, err := certificate(text, e)
				if err != nil {
					return nil, err
				}
				out = append(out, c)
			}
		}
	}
	return out, nil
}

func certificate(text []byte, e *Element) (Certificate, error) {
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(e.Text), ""))
	if err != nil {
		return Certificate{}, at(text, e.start, "an X509Certificate that is no base64", "the certificate's DER in base64, without BEGIN and END")
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		return Certificate{}, at(text, e.start, "an X509Certificate that cannot be read", "an X.509 certificate")
	}
	return Certificate{Raw: der, Subject: parsed.Subject.String(), NotBefore: parsed.NotBefore, NotAfter: parsed.NotAfter}, nil
}
