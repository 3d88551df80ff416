package saml

import (
	"bytes"
	"encoding/xml"
	"slices"
	"time"
)

// Response is an identity provider's answer to an enhanced client.
type Response struct {
	// ConsumerURL is ecp:Response's AssertionConsumerServiceURL, where the provider
	// wants its answer to go; "" where there is no ecp:Response.
	ConsumerURL  string
	Status       Status
	Fault        *Fault // nil: none; if there is one, nothing else is there
	Issuer       string
	InResponseTo string
	Issued       time.Time
	Signature    *Signature // of the whole Response; nil: none
	Assertions   []Assertion
	Encrypted    bool // an EncryptedAssertion is there, which the service provider alone can read

	from *envelope
}

// Status is how a login went. Inner is the second code, which says more (SAML 2.0
// Core, section 3.2.2.2).
type Status struct{ Code, Inner, Message string }

// ReadResponse reads an identity provider's envelope. Errors are *Error.
func ReadResponse(text []byte) (*Response, error) {
	e, err := readEnvelope(text)
	if err != nil {
		return nil, err
	}
	if f := e.fault(); f != nil {
		return &Response{Fault: f, from: e}, nil
	}
	answer := e.body.one(nsProtocol, "Response")
	if answer == nil {
		return nil, e.lacks("an envelope without a Response", "one in its Body")
	}
	r := &Response{
		ConsumerURL: e.header.one(nsECP, "Response").attribute("AssertionConsumerServiceURL"),
		Status:      status(answer), Issuer: answer.one(nsAssertion, "Issuer").text(),
		InResponseTo: answer.attribute("InResponseTo"), Encrypted: answer.one(nsAssertion, "EncryptedAssertion") != nil, from: e,
	}
	return r, r.read(answer)
}

func (r *Response) read(answer *Element) (err error) {
	if r.Issued, err = timeOf(r.from.text, answer, "IssueInstant"); err != nil {
		return err
	}
	if r.Signature, err = signature(r.from.text, answer); err != nil {
		return err
	}
	for _, e := range answer.all(nsAssertion, "Assertion") {
		a, err := assertion(r.from.text, e)
		if err != nil {
			return err
		}
		r.Assertions = append(r.Assertions, a)
	}
	return nil
}

func status(answer *Element) Status {
	s := answer.one(nsProtocol, "Status")
	code := s.one(nsProtocol, "StatusCode")
	return Status{
		Code: code.attribute("Value"), Inner: code.one(nsProtocol, "StatusCode").attribute("Value"),
		Message: s.one(nsProtocol, "StatusMessage").text(),
	}
}

// Back is the envelope for the service provider: as it came from the identity
// provider, with the header that the service provider expects: its own RelayState
// (SAML 2.0 Profiles, section 4.2.4.5).
func (r *Response) Back(to *Request) []byte {
	text, h := r.from.text, r.from.header
	if h == nil {
		return text
	}
	return slices.Concat(text[:h.inside], to.relay(), text[h.behind:])
}

// relay writes the RelayState for an envelope whose prefixes are not known.
func (r *Request) relay() []byte {
	if !r.relayed {
		return nil
	}
	var b bytes.Buffer
	b.WriteString(`<ecp:RelayState xmlns:ecp="` + nsECP + `" xmlns:S="` + nsSOAP + `" S:mustUnderstand="1" S:actor="http://schemas.xmlsoap.org/soap/actor/next">`)
	_ = xml.EscapeText(&b, []byte(r.RelayState)) // a bytes.Buffer takes everything
	b.WriteString("</ecp:RelayState>")
	return b.Bytes()
}
