package saml

import (
	"slices"
	"time"
)

// AuthnRequest is a service provider's request to log somebody in (SAML 2.0 Core,
// section 3.4.1). Texts are "" and times zero where the request does not say.
type AuthnRequest struct {
	ID, Issuer  string
	Destination string
	ConsumerURL string // AssertionConsumerServiceURL
	Binding     string // ProtocolBinding: how the answer is to come
	Issued      time.Time
	Signed      bool // a Signature is there; nobody has verified it
}

// Request is what a service provider hands to an enhanced client (SAML 2.0
// Profiles, section 4.2.3.2).
type Request struct {
	Authn       AuthnRequest
	ConsumerURL string // responseConsumerURL: the one place where an answer may go
	RelayState  string
	relayed     bool
	forward     []byte
}

// Forward is the envelope for the identity provider: as it came, less its header.
func (r *Request) Forward() []byte { return r.forward }

// ReadRequest reads a service provider's envelope. Errors are *Error.
func ReadRequest(text []byte) (*Request, error) {
	e, err := readEnvelope(text)
	if err != nil {
		return nil, err
	}
	asked, relay := e.header.one(nsPAOS, "Request"), e.header.one(nsECP, "RelayState")
	authn := e.body.one(nsProtocol, "AuthnRequest")
	switch {
	case asked.attribute("responseConsumerURL") == "":
		return nil, e.lacks("an envelope without a paos:Request that names a responseConsumerURL", "one in its Header")
	case authn == nil:
		return nil, e.lacks("an envelope without an AuthnRequest", "one in its Body")
	}
	r := &Request{ConsumerURL: asked.attribute("responseConsumerURL"), forward: e.withoutHeader()}
	if relay != nil {
		r.RelayState, r.relayed = relay.Text, true
	}
	r.Authn, err = authnRequest(e.text, authn)
	return r, err
}

// withoutHeader cuts the header out. The body, which may be signed, stays as it is.
func (e *envelope) withoutHeader() []byte {
	return slices.Concat(e.text[:e.header.start], e.text[e.header.end:])
}

func authnRequest(text []byte, e *Element) (AuthnRequest, error) {
	issued, err := timeOf(text, e, "IssueInstant")
	return AuthnRequest{
		ID: e.attribute("ID"), Issuer: e.one(nsAssertion, "Issuer").text(), Destination: e.attribute("Destination"),
		ConsumerURL: e.attribute("AssertionConsumerServiceURL"), Binding: e.attribute("ProtocolBinding"),
		Issued: issued, Signed: e.one(nsSignature, "Signature") != nil,
	}, err
}
