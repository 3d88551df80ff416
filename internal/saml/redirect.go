package saml

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"io"
	"net/url"
)

// ReadRedirect reads the request that a redirect to an identity provider carries:
// XML that is deflated and in base64, with the signature beside it (SAML 2.0
// Bindings, section 3.4.4.1). Errors are *Error.
func ReadRedirect(query url.Values) (AuthnRequest, error) {
	packed, err := base64.StdEncoding.DecodeString(query.Get("SAMLRequest"))
	if err != nil || len(packed) == 0 {
		return AuthnRequest{}, &Error{Got: "a SAMLRequest that is no base64", Want: "a deflated AuthnRequest in base64"}
	}
	text, err := inflate(packed)
	if err != nil {
		return AuthnRequest{}, err
	}
	root, err := read(text, EnvelopeLimits(), nil)
	if err != nil {
		return AuthnRequest{}, err
	}
	if !root.is(nsProtocol, "AuthnRequest") {
		return AuthnRequest{}, at(text, root.start, "<"+cut(root.Local)+"> of "+named(root.Space), "an AuthnRequest")
	}
	r, err := authnRequest(text, root)
	r.Signed = query.Get("Signature") != "" && query.Get("SigAlg") != ""
	return r, err
}

// inflate unpacks no more than an envelope may have: a few bytes can stand for many.
func inflate(packed []byte) ([]byte, error) {
	limit := EnvelopeLimits().Size
	text, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), int64(limit)+1))
	switch {
	case err != nil:
		return nil, &Error{Got: "a SAMLRequest that cannot be unpacked", Want: "a raw deflate stream (RFC 1951)"}
	case len(text) > limit:
		return nil, &Error{Got: "a SAMLRequest that unpacks to more than a megabyte"}
	}
	return text, nil
}
