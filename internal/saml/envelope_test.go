package saml_test

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/saml"
)

// paos is what mod_auth_mellon answers to an enhanced client, with prefixes of its
// own and a declaration that the body needs on the envelope.
const paos = `<?xml version="1.0"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"><s:Header><paos:Request xmlns:paos="urn:liberty:paos:2003-08" responseConsumerURL="https://keystone.test/saml2/paosResponse" service="urn:oasis:names:tc:SAML:2.0:profiles:SSO:ecp" s:mustUnderstand="1"/><ecp:RelayState xmlns:ecp="urn:oasis:names:tc:SAML:2.0:profiles:SSO:ecp">a&lt;b&#x9;"c"</ecp:RelayState></s:Header><s:Body><p:AuthnRequest ID="_1" Version="2.0" IssueInstant="2030-01-31T12:00:00Z" AssertionConsumerServiceURL="https://keystone.test/saml2/paosResponse"  Destination='https://sso.test/ecp'><a:Issuer xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion"> https://keystone.test/sp </a:Issuer><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></p:AuthnRequest></s:Body></s:Envelope>
`

func TestReadRequest(t *testing.T) {
	r, err := saml.ReadRequest([]byte(paos))
	if err != nil {
		t.Fatal(err)
	}
	if r.ConsumerURL != "https://keystone.test/saml2/paosResponse" || r.RelayState != "a<b\t\"c\"" {
		t.Errorf("%+v", r)
	}
	want := saml.AuthnRequest{
		ID: "_1", Issuer: "https://keystone.test/sp", Destination: "https://sso.test/ecp", ConsumerURL: "https://keystone.test/saml2/paosResponse",
		Issued: time.Date(2030, 1, 31, 12, 0, 0, 0, time.UTC), Signed: true,
	}
	if r.Authn != want {
		t.Errorf("%+v", r.Authn)
	}
	start, end := strings.Index(paos, "<s:Header>"), strings.Index(paos, "<s:Body>")
	if string(r.Forward()) != paos[:start]+paos[end:] {
		t.Errorf("forwarded: %s", r.Forward())
	}
}

// answered is an identity provider's envelope; status and assertion are put in.
func answered(header, status, assertion string) string {
	return `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:e="urn:oasis:names:tc:SAML:2.0:profiles:SSO:ecp"><soap:Header>` + header +
		`</soap:Header><soap:Body><p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" InResponseTo="_1" IssueInstant="2030-01-31T12:00:01Z"><p:Status>` + status + `</p:Status>` + assertion + `</p:Response></soap:Body></soap:Envelope>`
}

const (
	good    = `<p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>`
	ecpHead = `<e:Response AssertionConsumerServiceURL="https://keystone.test/saml2/paosResponse"/>`
)

func said(attributes string) string {
	return `<a:Assertion xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_2"><a:Issuer>https://sso.test/realms/corp</a:Issuer><a:Subject><a:SubjectConfirmation>` +
		`<a:SubjectConfirmationData Recipient="https://keystone.test/saml2/paosResponse" InResponseTo="_1" NotOnOrAfter="2030-01-31T12:05:00Z"/></a:SubjectConfirmation></a:Subject>` +
		`<a:Conditions ` + attributes + `><a:AudienceRestriction><a:Audience>https://keystone.test/sp</a:Audience></a:AudienceRestriction></a:Conditions>` +
		`<a:AttributeStatement><a:Attribute Name="groups"/></a:AttributeStatement></a:Assertion>`
}

// What the identity provider has signed goes on byte for byte, behind the service
// provider's own RelayState.
func TestResponse(t *testing.T) {
	text := answered(ecpHead, good, said(`NotBefore="2030-01-31T12:00:00Z" NotOnOrAfter="2030-01-31T12:01:00.5Z"`))
	r, err := saml.ReadResponse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if r.ConsumerURL != "https://keystone.test/saml2/paosResponse" || r.Status.Code != saml.StatusSuccess || r.InResponseTo != "_1" || len(r.Assertions) != 1 {
		t.Errorf("%+v", r)
	}
	if a := r.Assertions[0]; a.Signature != nil || !slices.Equal(a.Attributes, []string{"groups"}) || a.Ends.Nanosecond() != 5e8 || a.Confirmed.Minute() != 5 {
		t.Errorf("%+v", a)
	}
	request, _ := saml.ReadRequest([]byte(paos))
	back := string(r.Back(request))
	if !strings.Contains(back, `actor/next">a&lt;b&#x9;&#34;c&#34;</ecp:RelayState></soap:Header>`) || strings.Contains(back, "e:Response") {
		t.Errorf("back: %s", back)
	}
	if !strings.HasSuffix(back, text[strings.Index(text, "</soap:Header>"):]) {
		t.Error("the body was changed")
	}
}

func TestRefusedResponse(t *testing.T) {
	status := `<p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/></p:StatusCode><p:StatusMessage>no</p:StatusMessage>`
	r, err := saml.ReadResponse([]byte(answered("", status, "")))
	if err != nil || r.ConsumerURL != "" || r.Status != (saml.Status{Code: "urn:oasis:names:tc:SAML:2.0:status:Responder", Inner: "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed", Message: "no"}) {
		t.Errorf("%+v, %v", r, err)
	}
	r, err = saml.ReadResponse(saml.OtherConsumer())
	if err != nil || r.Fault == nil || r.Fault.Code != "S:Server" || !strings.HasPrefix(r.Fault.Text, "the consumer URL") {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestBadEnvelopes(t *testing.T) {
	cases := map[string]struct{ text, want string }{
		"HTML":                       {"<html/>", "<html> of no namespace; expected a SOAP 1.1 Envelope"},
		"SOAP 1.2":                   {`<a:Envelope xmlns:a="http://www.w3.org/2003/05/soap-envelope"/>`, "expected a SOAP 1.1 Envelope"},
		"neither header nor body":    {`<a:Envelope xmlns:a="http://schemas.xmlsoap.org/soap/envelope/"/>`, "line 1, column 1: an envelope without a"},
		"a consumer without a value": {strings.Replace(paos, "responseConsumerURL", "other", 1), "line 2, column 1: an envelope without a paos:Request"},
		"another body":               {strings.ReplaceAll(paos, "AuthnRequest", "LogoutRequest"), "an envelope without an AuthnRequest"},
		"no time":                    {strings.Replace(paos, "2030-01-31T12:00:00Z", "noon", 1), `IssueInstant is "noon"`},
		"a bomb":                     {`<!DOCTYPE l [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>` + paos, "a document type"},
		"a megabyte and more":        {paos + strings.Repeat(" ", 1<<20), "more than the 1048576 bytes"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if _, err := saml.ReadRequest([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if _, err := saml.ReadResponse([]byte(c.text)); err == nil {
				t.Error("it was read as a response")
			}
		})
	}
}

func TestReadRedirect(t *testing.T) {
	request := paos[strings.Index(paos, "<p:AuthnRequest"):strings.Index(paos, "</s:Body>")]
	whole := strings.Replace(request, " ID=", ` xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID=`, 1)
	query := url.Values{"SAMLRequest": {deflated(t, whole)}, "Signature": {"x"}, "SigAlg": {"y"}}
	r, err := saml.ReadRedirect(query)
	if err != nil || r.Issuer != "https://keystone.test/sp" || !r.Signed {
		t.Errorf("%+v, %v", r, err)
	}
	query.Del("Signature")
	if r, _ := saml.ReadRedirect(query); r.Signed {
		t.Error("signed without a signature")
	}
	for name, c := range map[string]struct{ value, want string }{
		"nothing":       {"", "no base64"},
		"no base64":     {"%", "no base64"},
		"not deflated":  {base64.StdEncoding.EncodeToString([]byte(whole)), "cannot be unpacked"},
		"a flood":       {deflated(t, strings.Repeat(" ", 64<<20)), "more than a megabyte"},
		"another thing": {deflated(t, "<a/>"), "<a> of no namespace; expected an AuthnRequest"},
	} {
		if _, err := saml.ReadRedirect(url.Values{"SAMLRequest": {c.value}}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func deflated(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}
