package saml

import "time"

// Assertion is what an identity provider says of a user (SAML 2.0 Core, section
// 2.3.3). Times are zero where it names none.
type Assertion struct {
	ID, Issuer      string
	Signature       *Signature // nil: none
	NotBefore, Ends time.Time  // of its Conditions: from, and up to but not with
	Audiences       []string
	Recipient       string    // of the bearer's SubjectConfirmationData
	InResponseTo    string    // likewise
	Confirmed       time.Time // NotOnOrAfter, likewise
	Attributes      []string  // their names
}

// Signature is an XML signature that nobody has verified: who is said to have made
// it.
type Signature struct {
	Certificates []Certificate // of its KeyInfo
}

func assertion(text []byte, e *Element) (a Assertion, err error) {
	a.ID, a.Issuer = e.attribute("ID"), e.one(nsAssertion, "Issuer").text()
	if a.Signature, err = signature(text, e); err != nil {
		return a, err
	}
	conditions := e.one(nsAssertion, "Conditions")
	if a.NotBefore, err = timeOf(text, conditions, "NotBefore"); err != nil {
		return a, err
	}
	if a.Ends, err = timeOf(text, conditions, "NotOnOrAfter"); err != nil {
		return a, err
	}
	a.audiences(conditions)
	a.attributes(e)
	return a, a.confirmation(text, e)
}

func (a *Assertion) audiences(conditions *Element) {
	for _, r := range conditions.all(nsAssertion, "AudienceRestriction") {
		for _, audience := range r.all(nsAssertion, "Audience") {
			a.Audiences = append(a.Audiences, audience.text())
		}
	}
}

func (a *Assertion) attributes(e *Element) {
	for _, statement := range e.all(nsAssertion, "AttributeStatement") {
		for _, attribute := range statement.all(nsAssertion, "Attribute") {
			a.Attributes = append(a.Attributes, attribute.attribute("Name"))
		}
	}
}

func (a *Assertion) confirmation(text []byte, e *Element) (err error) {
	data := e.one(nsAssertion, "Subject").one(nsAssertion, "SubjectConfirmation").one(nsAssertion, "SubjectConfirmationData")
	a.Recipient, a.InResponseTo = data.attribute("Recipient"), data.attribute("InResponseTo")
	a.Confirmed, err = timeOf(text, data, "NotOnOrAfter")
	return err
}

func signature(text []byte, e *Element) (*Signature, error) {
	s := e.one(nsSignature, "Signature")
	if s == nil {
		return nil, nil
	}
	certificates, err := certificatesOf(text, s)
	return &Signature{certificates}, err
}
