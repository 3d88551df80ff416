package samltest

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// IdP is an identity provider. Its fields may be changed between requests.
type IdP struct {
	EntityID string
	URL      string // the SOAP endpoint is URL/ecp, the browser's URL/sso
	User     string
	Password string
	NameID   string
	// Attributes are those of the assertion, by name.
	Attributes map[string][]string

	Clock    time.Duration // how far its clock is ahead
	Life     time.Duration // how long an assertion holds
	Unsigned bool
	Forge    bool   // signs with a key that its metadata does not name
	Tamper   bool   // changes the assertion after it is signed
	Replay   bool   // answers with the same response again and again
	Consumer string // names another consumer than the one that was asked for; "": that one
	Says     string // calls itself so in what it answers; "": by its entity id
	// Describe and Answer answer in the place of its metadata and its SOAP endpoint; nil:
	// they do as they should.
	Describe, Answer http.HandlerFunc

	key, other, first signer
	mu                sync.Mutex
	last              string
}

// Start starts an identity provider over TLS that ends with the test. A nil
// certificate: it has the one of httptest.
func Start(t testing.TB, certificate *tls.Certificate) (*IdP, *httptest.Server) {
	t.Helper()
	i := &IdP{User: "alice", Password: "wonderland", NameID: "alice", Life: 5 * time.Minute, key: newSigner(t), other: newSigner(t)}
	server := httptest.NewUnstartedServer(i)
	if certificate != nil {
		server.TLS = &tls.Config{Certificates: []tls.Certificate{*certificate}}
	}
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	i.URL, i.first = server.URL, i.key
	i.EntityID = i.URL + "/metadata"
	return i, server
}

// Roll gives it a new key, which its metadata names at once.
func (i *IdP) Roll(t testing.TB) { i.key = newSigner(t) }

// Mend undoes everything that is misleading, and a rolled key.
func (i *IdP) Mend() {
	i.Password, i.Clock, i.Life = "wonderland", 0, 5*time.Minute
	i.Unsigned, i.Forge, i.Tamper, i.Replay = false, false, false, false
	i.Consumer, i.Says, i.Describe, i.Answer, i.key, i.last = "", "", nil, nil, i.first, ""
}

// name is what it calls itself.
func (i *IdP) name() string {
	if i.Says != "" {
		return i.Says
	}
	return i.EntityID
}

// ServeHTTP serves the metadata and the SOAP endpoint.
func (i *IdP) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/metadata" && i.Describe != nil:
		i.Describe(w, r)
	case r.URL.Path == "/metadata":
		_, _ = io.WriteString(w, i.Metadata())
	case r.URL.Path != "/ecp":
		http.NotFound(w, r)
	case i.Answer != nil:
		i.Answer(w, r)
	default:
		i.answer(w, r)
	}
}

// Metadata is the identity provider's, with the key that it should sign with.
func (i *IdP) Metadata() string {
	service := func(binding, path string) string {
		return fmt.Sprintf(`<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:%s" Location="%s%s"/>`, binding, i.URL, path)
	}
	return `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="` + i.EntityID + `">` +
		`<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing">` +
		`<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>` + base64.StdEncoding.EncodeToString(i.key.der) +
		`</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>` +
		service("HTTP-Redirect", "/sso") + service("SOAP", "/ecp") + `</md:IDPSSODescriptor></md:EntityDescriptor>`
}

// asked is what of a request an answer needs.
type asked struct {
	Body struct {
		AuthnRequest struct {
			ID       string `xml:",attr"`
			Consumer string `xml:"AssertionConsumerServiceURL,attr"`
			Issuer   string
		}
	}
}

// answer logs in as Keycloak does: a wrong password is a 200, too.
func (i *IdP) answer(w http.ResponseWriter, r *http.Request) {
	var in asked
	if err := xml.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&in); err != nil {
		http.Error(w, "no envelope", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/xml")
	user, password, _ := r.BasicAuth()
	if user != i.User || password != i.Password {
		_, _ = io.WriteString(w, envelope("", i.response(in, refusedStatus, "")))
		return
	}
	_, _ = io.WriteString(w, i.accepted(in))
}

func (i *IdP) accepted(in asked) string {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.Replay && i.last != "" {
		return i.last
	}
	consumer := in.Body.AuthnRequest.Consumer
	if i.Consumer != "" {
		consumer = i.Consumer
	}
	i.last = envelope(`<ecp:Response xmlns:ecp="urn:oasis:names:tc:SAML:2.0:profiles:SSO:ecp" AssertionConsumerServiceURL="`+
		consumer+`" S:actor="http://schemas.xmlsoap.org/soap/actor/next" S:mustUnderstand="1"></ecp:Response>`, i.response(in, goodStatus, i.assertion(in)))
	return i.last
}

const (
	goodStatus    = `<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></samlp:StatusCode>`
	refusedStatus = `<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:NoPassive"></samlp:StatusCode></samlp:StatusCode>`
)

func envelope(header, body string) string {
	return `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Header>` + header + `</S:Header><S:Body>` + body + `</S:Body></S:Envelope>`
}

func (i *IdP) response(in asked, status, assertion string) string {
	return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" Destination="` + in.Body.AuthnRequest.Consumer + `" ID="` + newID() +
		`" InResponseTo="` + in.Body.AuthnRequest.ID + `" IssueInstant="` + i.at(0) + `" Version="2.0">` +
		`<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">` + i.name() + `</saml:Issuer>` +
		`<samlp:Status>` + status + `</samlp:Status>` + assertion + `</samlp:Response>`
}

// at is a time of the provider's clock.
func (i *IdP) at(later time.Duration) string {
	return time.Now().Add(i.Clock + later).UTC().Format("2006-01-02T15:04:05Z")
}

func newID() string { return "_" + strings.ToLower(rand.Text()) }

// signer is a key and its certificate.
type signer struct {
	key *rsa.PrivateKey
	der []byte
}
