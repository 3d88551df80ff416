package saml

import "bytes"

// envelope is a SOAP 1.1 envelope; header and body are nil where there is none.
type envelope struct {
	text               []byte
	root, header, body *Element
}

func readEnvelope(text []byte) (*envelope, error) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	root, err := read(text, EnvelopeLimits(), nil)
	if err != nil {
		return nil, err
	}
	if !root.is(nsSOAP, "Envelope") {
		return nil, at(text, root.start, "<"+cut(root.Local)+"> of "+named(root.Space), "a SOAP 1.1 Envelope")
	}
	return &envelope{text, root, root.one(nsSOAP, "Header"), root.one(nsSOAP, "Body")}, nil
}

// lacks is the error for an envelope that does not hold what it should.
func (e *envelope) lacks(got, want string) error { return at(e.text, e.root.start, got, want) }

// Fault is a SOAP 1.1 fault (section 4.4). Detail is what stands in its detail, if
// that is text.
type Fault struct{ Code, Text, Detail string }

func (e *envelope) fault() *Fault {
	f := e.body.one(nsSOAP, "Fault")
	if f == nil {
		return nil
	}
	return &Fault{Code: f.one("", "faultcode").text(), Text: f.one("", "faultstring").text(), Detail: f.one("", "detail").text()}
}

// ReadFault gives the SOAP fault of an envelope; nil where the text is no envelope
// or holds none.
func ReadFault(text []byte) *Fault {
	e, err := readEnvelope(text)
	if err != nil {
		return nil
	}
	return e.fault()
}

// OtherConsumer is what a service provider is told when the identity provider's
// answer names another consumer than its own (SAML 2.0 Profiles, section 4.2.4.5).
func OtherConsumer() []byte {
	return []byte(`<S:Envelope xmlns:S="` + nsSOAP + `"><S:Body><S:Fault><faultcode>S:Server</faultcode>` +
		`<faultstring>the consumer URL of the identity provider is not the one of the service provider</faultstring></S:Fault></S:Body></S:Envelope>`)
}
