package register

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/secret"
)

// Endpoint is where registrations are made, and as whom: the issuer form
// https://ID:SECRET@HOST/PATH, split. URL holds neither ID nor Secret.
type Endpoint struct {
	URL    string
	ID     string       // client_id of a service account; "" = none was given
	Secret secret.Value // its secret
}

// ParseEndpoint splits an issuer of the form https://ID:SECRET@HOST/PATH, as 3scale's
// Zync takes it, or without the credentials. ID and secret are percent-encoded there
// (RFC 3986 section 3.2.1). The text may hold a secret, so that no error repeats any
// of it.
func ParseEndpoint(form secret.Value) (Endpoint, error) {
	text := strings.TrimSpace(form.Reveal())
	u, err := url.Parse(text)
	if err != nil || strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return Endpoint{}, formFault("is not a URL", "write each character of the secret that is no letter or digit as percent and two hexadecimal digits: / is %2F, @ is %40, # is %23")
	}
	if problem := formProblem(text, u); problem != nil {
		return Endpoint{}, problem
	}
	out := Endpoint{}
	if u.User != nil {
		password, _ := u.User.Password()
		out.ID, out.Secret = u.User.Username(), secret.New(password)
	}
	u.User = nil
	out.URL = u.String()
	return out, nil
}

func formProblem(text string, u *url.URL) error {
	password, given := "", false
	if u.User != nil {
		password, given = u.User.Password()
	}
	switch {
	case u.Scheme != "https":
		return formFault("is not https, and the secret would be read on the way", "https://ID:SECRET@HOST/PATH")
	case u.Hostname() == "":
		return formFault("has no host", "https://ID:SECRET@HOST/PATH")
	case u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(text, "?#"):
		return formFault("has a query or a fragment; a secret with ? or # in it is cut there", "write ? as %3F and # as %23")
	case u.User != nil && (u.User.Username() == "" || !given || password == ""):
		return formFault("has a client id without a secret, or a secret without an id", "https://ID:SECRET@HOST/PATH")
	case strings.ContainsFunc(u.User.Username()+password, control):
		return formFault("has a control character in its id or secret", "")
	}
	return nil
}

func control(r rune) bool { return r < ' ' || r == 0x7f }

func formFault(got, mend string) error {
	text := "the issuer " + got + ", expected https://ID:SECRET@HOST/PATH"
	if mend != "" && !strings.HasPrefix(mend, "https:") {
		text = fmt.Sprintf("%s (%s)", text, mend)
	}
	return errors.New(text)
}
