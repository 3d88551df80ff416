package oidc

import (
	"errors"
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// Kind says what went wrong, for those who decide by it.
type Kind string

// The kinds of failure.
const (
	BadURL         Kind = "bad_url"
	NotHTTPS       Kind = "not_https"
	DNS            Kind = "dns"
	Refused        Kind = "connection_refused"
	Untrusted      Kind = "untrusted_certificate"
	TLS            Kind = "tls"
	Timeout        Kind = "timeout"
	Network        Kind = "network"
	Proxy          Kind = "http_proxy"
	Canceled       Kind = "canceled"
	Redirect       Kind = "redirect"
	Status         Kind = "status"
	TooLarge       Kind = "too_large"
	NotJSON        Kind = "not_json"
	Malformed      Kind = "malformed"
	IssuerMismatch Kind = "issuer_mismatch"
	PrivateKey     Kind = "private_key"
	GrantRefused   Kind = "grant_refused"
	GrantUnoffered Kind = "grant_unoffered"
	BadFile        Kind = "bad_file"
)

// Error is a failure to get something from an issuer. At is the URL or file
// without query; Got and Want are what was seen and expected; Mend says what to
// change. Code is the provider's own word for a refusal (RFC 6749 section 5.2:
// "invalid_client"), as it came: not for printing. Each of them may be empty.
type Error struct {
	Kind Kind
	Code string
	At   string
	Got  string
	Want string
	Mend string
	Err  error
}

// Error gives one line: place, what was seen, what was expected, how to mend it.
func (e *Error) Error() string {
	var b strings.Builder
	if e.At != "" {
		fmt.Fprintf(&b, "%s: ", finding.Printable(e.At))
	}
	b.WriteString(finding.Printable(e.Got))
	if e.Want != "" {
		fmt.Fprintf(&b, "; expected %s", finding.Printable(e.Want))
	}
	if e.Mend != "" {
		fmt.Fprintf(&b, " (%s)", finding.Printable(e.Mend))
	}
	return b.String()
}

// Unwrap gives the error below, if any.
func (e *Error) Unwrap() error { return e.Err }

// KindOf gives the kind of the first *Error in the chain, or "".
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// malformed is the error for a value that is not what its format says.
func malformed(at, got, want string) *Error {
	return &Error{Kind: Malformed, At: at, Got: got, Want: want}
}

// Excerpt gives the first bytes of a foreign text for a message, on one line.
func Excerpt(text string, limit int) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > limit {
		text = strings.ToValidUTF8(text[:limit], "") + "…"
	}
	return finding.Printable(text)
}
