package oidc

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// maxToken bounds a token in bytes: httpd's LimitRequestFieldSize is 8190 by
// default, so that a longer one hardly ever arrives anywhere.
const maxToken = 32 << 10

// Token is a JWT taken apart, nothing of it believed yet.
type Token struct {
	Header    Object
	Claims    Object
	Algorithm string
	KeyID     string
	Type      string
}

// ParseToken takes a compact JWS apart (RFC 7515 section 7.1): at most 32 KB,
// exactly two dots, strict base64url, strict JSON. An opaque token and a JWE are
// errors that say so. No part of the token is in the error.
func ParseToken(raw string) (*Token, error) {
	if len(raw) > maxToken {
		return nil, &Error{Kind: TooLarge, Got: fmt.Sprintf("the token is %d bytes long", len(raw)), Want: fmt.Sprintf("at most %d", maxToken)}
	}
	parts, err := splitToken(raw)
	if err != nil {
		return nil, err
	}
	header, err := decodePart("header", parts[0])
	if err != nil {
		return nil, err
	}
	claims, err := decodePart("claims", parts[1])
	if err != nil {
		return nil, err
	}
	if _, err := base64.RawURLEncoding.Strict().DecodeString(parts[2]); err != nil {
		return nil, malformed("", "the token's signature is not base64url", "")
	}
	token := &Token{Header: header, Claims: claims}
	return token, token.readHeader()
}

func splitToken(raw string) ([3]string, error) {
	dots := strings.Count(raw, ".")
	if dots != 2 {
		return [3]string{}, malformed("", fmt.Sprintf("the token has %d dots%s", dots, shapeOf(dots)), "a signed JWT: header.claims.signature")
	}
	header, rest, _ := strings.Cut(raw, ".")
	claims, signature, _ := strings.Cut(rest, ".")
	return [3]string{header, claims, signature}, nil
}

func shapeOf(dots int) string {
	switch dots {
	case 0:
		return ": it is opaque, and can only be introspected"
	case 4:
		return ": it is encrypted (JWE)"
	default:
		return ""
	}
}

func decodePart(name, text string) (Object, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || strings.ContainsAny(text, "\r\n") {
		return nil, malformed("", "the token's "+name+" is not base64url", "base64url without padding (RFC 7515 section 2)")
	}
	object, err := ParseObject(raw)
	if err != nil {
		return nil, malformed("", "the token's "+name+": "+reason(err), "")
	}
	return object, nil
}

// reason gives an error's finding without the excerpt of what was read, which
// may be part of a token.
func reason(err error) string {
	if KindOf(err) == NotJSON {
		return "not a JSON object"
	}
	return err.Error()
}

func (t *Token) readHeader() error {
	for _, f := range []field[string]{{name: "alg", value: &t.Algorithm}, {name: "kid", value: &t.KeyID}, {name: "typ", value: &t.Type}} {
		text, err := t.Header.Text(f.name)
		if err != nil {
			return malformed("", "the token's header: "+f.name+" is not a string", "")
		}
		*f.value = text
	}
	if len(t.KeyID) > 512 {
		return malformed("", fmt.Sprintf("the token's kid is %d bytes long", len(t.KeyID)), "at most 512")
	}
	return nil
}
