package ecp

import (
	"fmt"
	"mime"
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/saml"
)

// Kind says why a login ends.
type Kind string

// The kinds.
const (
	Unwished          Kind = "unwished"           // another answer than the profile's
	Unreadable        Kind = "unreadable"         // an envelope that cannot be read
	NoEnvelope        Kind = "no_envelope"        // a page in an envelope's place
	ConsumerElsewhere Kind = "consumer_elsewhere" // the service provider's consumer is not on Keystone's host
	Faulted           Kind = "fault"              // a SOAP fault of the identity provider
	NotLoggedIn       Kind = "not_logged_in"      // a status that is no success
	OtherConsumer     Kind = "other_consumer"     // the two name different consumers
	NoAssertion       Kind = "no_assertion"       // a success that says nothing of anybody
	NoSession         Kind = "no_session"         // taken, and no cookie came
)

// Stop is an answer with which a login ends. Got and Want may be shown once the
// secrets are masked.
type Stop struct {
	Kind Kind
	Got  string
	Want string
	Err  error // of package saml, where an envelope could not be read; else nil
}

// Error gives one line.
func (s *Stop) Error() string { return finding.Printable(s.Got + "; expected " + s.Want) }

// Unwrap gives the error below, if any.
func (s *Stop) Unwrap() error { return s.Err }

func status(a keystone.Answer) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", a.Status, mediaType(a)))
}

// mediaType gives the Content-Type without its parameters.
func mediaType(a keystone.Answer) string {
	kind, _, err := mime.ParseMediaType(a.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return kind
}

// unreadable parts a page from an envelope that is broken.
func unreadable(a keystone.Answer) Kind {
	if kind := mediaType(a); strings.HasSuffix(kind, "xml") && kind != "application/xhtml+xml" && a.Status == 200 {
		return Unreadable
	}
	return NoEnvelope
}

// statusOf gives the last words of the status codes, and the message.
func statusOf(s saml.Status) string {
	last := func(urn string) string { return urn[strings.LastIndexByte(urn, ':')+1:] }
	text := last(s.Code)
	if s.Inner != "" {
		text += ", " + last(s.Inner)
	}
	if s.Message != "" {
		text += ": " + oidc.Excerpt(s.Message, 160)
	}
	return text
}

// faultOf gives what a fault says.
func faultOf(f *saml.Fault) string {
	text := oidc.Excerpt(f.Text, 160)
	if f.Detail != "" {
		text += " " + oidc.Excerpt(f.Detail, 160)
	}
	return text
}

// place shows an address without its query.
func place(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "an address that cannot be read"
	}
	return oidc.Place(u)
}
