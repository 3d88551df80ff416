package samltest

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"
)

const nsSignature = "http://www.w3.org/2000/09/xmldsig#"

func newSigner(t testing.TB) signer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	c := &x509.Certificate{SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: "signer"}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(24 * time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return signer{key, der}
}

// assertion is written in its canonical form (Exclusive XML Canonicalization 1.0),
// so that its bytes are what is signed.
func (i *IdP) assertion(in asked) string {
	id := newID()
	open := `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="` + id + `" IssueInstant="` + i.at(0) + `" Version="2.0">` +
		`<saml:Issuer>` + i.name() + `</saml:Issuer>`
	rest := i.statements(in) + `</saml:Assertion>`
	if i.Unsigned {
		return open + rest
	}
	by := i.key
	if i.Forge {
		by = i.other
	}
	signed := by.sign(id, open+rest)
	if i.Tamper {
		rest = strings.ReplaceAll(rest, ">"+i.NameID+"<", ">"+i.NameID+"x<")
	}
	return open + signed + rest
}

func (i *IdP) statements(in asked) string {
	request := in.Body.AuthnRequest
	return `<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">` + i.NameID + `</saml:NameID>` +
		`<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData InResponseTo="` + request.ID +
		`" NotOnOrAfter="` + i.at(i.Life) + `" Recipient="` + request.Consumer + `"></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject>` +
		`<saml:Conditions NotBefore="` + i.at(0) + `" NotOnOrAfter="` + i.at(i.Life) + `"><saml:AudienceRestriction><saml:Audience>` +
		request.Issuer + `</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
		`<saml:AuthnStatement AuthnInstant="` + i.at(0) + `" SessionIndex="` + newID() + `"><saml:AuthnContext><saml:AuthnContextClassRef>` +
		`urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>` + i.attributes()
}

func (i *IdP) attributes() string {
	if len(i.Attributes) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("<saml:AttributeStatement>")
	for _, name := range slices.Sorted(maps.Keys(i.Attributes)) {
		fmt.Fprintf(&b, `<saml:Attribute Name="%s" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic">`, name)
		for _, value := range i.Attributes[name] {
			b.WriteString("<saml:AttributeValue>" + value + "</saml:AttributeValue>")
		}
		b.WriteString("</saml:Attribute>")
	}
	b.WriteString("</saml:AttributeStatement>")
	return b.String()
}

// sign gives the enveloped signature of what is canonical already (XML Signature,
// section 4): its SignedInfo is canonical as well.
func (s signer) sign(id, canonical string) string {
	sum := sha256.Sum256([]byte(canonical))
	info := `<ds:SignedInfo xmlns:ds="` + nsSignature + `"><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:CanonicalizationMethod>` +
		`<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod><ds:Reference URI="#` + id + `"><ds:Transforms>` +
		`<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform>` +
		`<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform></ds:Transforms>` +
		`<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>` +
		base64.StdEncoding.EncodeToString(sum[:]) + `</ds:DigestValue></ds:Reference></ds:SignedInfo>`
	digest := sha256.Sum256([]byte(info))
	value, err := rsa.SignPKCS1v15(nil, s.key, crypto.SHA256, digest[:])
	if err != nil {
		panic(err) // a key of 2048 bits signs any digest
	}
	return `<ds:Signature xmlns:ds="` + nsSignature + `">` + info + `<ds:SignatureValue>` + base64.StdEncoding.EncodeToString(value) +
		`</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>` + base64.StdEncoding.EncodeToString(s.der) +
		`</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`
}
