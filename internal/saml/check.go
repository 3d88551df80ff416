package saml

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Expect is what an answer is held against. Zero fields are not compared.
type Expect struct {
	IdP     *IdP
	Request *Request
	Now     time.Time
}

// The names of checks.
const (
	CheckIssuer    = "issuer"
	CheckSignature = "signature" // there is none
	CheckKey       = "key"       // it names a key that the metadata lacks
	CheckAudience  = "audience"
	CheckRecipient = "recipient"
	CheckAnswer    = "in-response-to"
	CheckEarly     = "not-before"
	CheckExpired   = "not-on-or-after"
)

// Problem is a check that failed: what stands in the answer, and what should.
type Problem struct{ Check, Seen, Expected string }

// Check judges the assertions as a service provider has to, as far as a client
// can see: an encrypted one is closed to it, and whether a signature holds is not
// looked at. The clock is the caller's.
func (r *Response) Check(want Expect) []Problem {
	var out []Problem
	if len(r.Assertions) == 0 {
		return nil
	}
	a := r.Assertions[0]
	out = append(out, times(a, want.Now)...)
	if want.IdP != nil {
		out = append(out, r.byIdP(a, want.IdP)...)
	}
	if want.Request != nil {
		out = append(out, forRequest(a, want.Request)...)
	}
	return out
}

func times(a Assertion, now time.Time) []Problem {
	var out []Problem
	if now.IsZero() {
		return nil
	}
	if a.NotBefore.After(now) {
		out = append(out, Problem{CheckEarly, a.NotBefore.UTC().Format(time.RFC3339), "not after " + now.UTC().Format(time.RFC3339)})
	}
	for _, end := range []time.Time{a.Ends, a.Confirmed} {
		if !end.IsZero() && !end.After(now) {
			return append(out, Problem{CheckExpired, end.UTC().Format(time.RFC3339), "after " + now.UTC().Format(time.RFC3339)})
		}
	}
	return out
}

func (r *Response) byIdP(a Assertion, idp *IdP) []Problem {
	var out []Problem
	if a.Issuer != idp.EntityID {
		out = append(out, Problem{CheckIssuer, cut(a.Issuer), idp.EntityID})
	}
	signed := a.Signature
	if signed == nil {
		signed = r.Signature
	}
	if signed == nil {
		return append(out, Problem{CheckSignature, "no Signature", "one of the assertion, or of the response"})
	}
	for _, c := range signed.Certificates {
		if len(idp.Signing) > 0 && !idp.signsWith(c) {
			return append(out, Problem{CheckKey, c.text(), "one of the metadata: " + texts(idp.Signing)})
		}
	}
	return out
}

func (i *IdP) signsWith(c Certificate) bool {
	return slices.ContainsFunc(i.Signing, func(known Certificate) bool { return bytes.Equal(known.Raw, c.Raw) })
}

func (c Certificate) text() string {
	return fmt.Sprintf("%s of %s", cut(c.Subject), c.NotBefore.UTC().Format(time.DateOnly))
}

func texts(certificates []Certificate) string {
	var out []string
	for _, c := range certificates {
		out = append(out, c.text())
	}
	return strings.Join(out, ", ")
}

func forRequest(a Assertion, r *Request) []Problem {
	var out []Problem
	if issuer := r.Authn.Issuer; issuer != "" && len(a.Audiences) > 0 && !slices.Contains(a.Audiences, issuer) {
		out = append(out, Problem{CheckAudience, cut(strings.Join(a.Audiences, ", ")), issuer})
	}
	if a.Recipient != "" && !SamePlace(a.Recipient, r.ConsumerURL) {
		out = append(out, Problem{CheckRecipient, cut(a.Recipient), r.ConsumerURL})
	}
	if a.InResponseTo != "" && a.InResponseTo != r.Authn.ID {
		out = append(out, Problem{CheckAnswer, cut(a.InResponseTo), r.Authn.ID})
	}
	return out
}

// SamePlace reports whether two addresses are one: scheme, host, port, path and
// query, where a port may be left out that is the scheme's own.
func SamePlace(a, b string) bool {
	one, err := url.Parse(a)
	other, fault := url.Parse(b)
	if err != nil || fault != nil || one.Host == "" || one.User != nil || other.User != nil {
		return false
	}
	return strings.EqualFold(one.Scheme, other.Scheme) && strings.EqualFold(one.Hostname(), other.Hostname()) &&
		portOf(one) == portOf(other) && one.EscapedPath() == other.EscapedPath() && one.RawQuery == other.RawQuery
}

func portOf(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	return map[string]string{"https": "443", "http": "80"}[strings.ToLower(u.Scheme)]
}
