package oidc

// Registration gives registration_endpoint (OpenID Connect Discovery 1.0 section 3),
// an https URL of the issuer's; "" where the document has none. The other endpoints
// are checked when the document is read; this one only where somebody is about to
// register, since most providers that name one are never asked.
func (d *Document) Registration() (string, error) {
	members, err := ParseObject(d.Raw)
	if err != nil {
		return "", err
	}
	const name = "registration_endpoint"
	text, err := members.Text(name)
	if err != nil || text == "" {
		return "", placed(WellKnown(d.Issuer), err)
	}
	return text, placed(WellKnown(d.Issuer), checkEndpoint(name, text, d.Issuer))
}
