package claims

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"regexp"

	"github.com/fedstone/fedstone/internal/finding"
)

var tokenShape = regexp.MustCompile(`^([Bb]earer +)?[A-Za-z0-9_=-]+(\.[A-Za-z0-9_=-]*)+$`)

// isToken reports whether the text is one word that has the shape of a token:
// parts of base64url joined by dots, with or without "Bearer" before them.
func isToken(text []byte) bool { return tokenShape.Match(text) }

// token reads a JWS in compact serialization (RFC 7515, 3.1). Nothing of it is
// quoted.
func (s *source) token(text []byte, begin int) (*Claims, finding.List) {
	bare := bytes.TrimLeft(bytes.TrimPrefix(bytes.TrimPrefix(text, []byte("Bearer")), []byte("bearer")), " ")
	begin += len(text) - len(bare)
	parts := bytes.Split(bare, []byte("."))
	switch {
	case len(parts) == 5:
		return nil, s.refuse("token-encrypted", begin, begin+len(bare), "an encrypted token (JWE, five parts): its claims cannot be read without the key",
			"give its claims as JSON, for example the issuer's answer to introspection")
	case len(parts) != 3:
		return nil, s.refuse("token-malformed", begin, begin+len(bare), fmt.Sprintf("a token of %d parts joined by dots, expected 3 (header, payload, signature)", len(parts)), mend)
	}
	header, list := s.part(parts[0], begin, "header")
	if list.HasErrors() {
		return nil, list
	}
	payload, list := s.part(parts[1], begin+len(parts[0])+1, "payload")
	if list.HasErrors() {
		return nil, list
	}
	return &Claims{Form: JWT, Object: payload, Header: header}, list
}

// part reads one part, a JSON object in base64url. Its findings lie at the part;
// the place within the JSON text is told in words.
func (s *source) part(text []byte, begin int, name string) (Object, finding.List) {
	raw, err := base64.RawURLEncoding.DecodeString(string(bytes.TrimRight(text, "=")))
	if err != nil {
		return nil, s.refuse("token-malformed", begin, begin+len(text), "the token's "+name+" is not base64url, expected a JSON object encoded so (RFC 7515)", "copy the whole token, without line breaks")
	}
	inner := newSource("", raw)
	if inner.unreadable() != nil || bytes.TrimSpace(raw)[0] != '{' {
		return nil, s.refuse("token-malformed", begin, begin+len(text), "the token's "+name+" holds no JSON object: this has the dots of a JWT, but is none", mend)
	}
	object, list := inner.object()
	at := s.span(begin, begin+len(text))
	for i, f := range list {
		list[i].Message = fmt.Sprintf("the token's %s, line %d column %d: %s", name, max(f.At.Start.Line, 1), max(f.At.Start.Column, 1), f.Message)
		list[i].At, list[i].Related = at, nil
	}
	place(object, at)
	return object, list
}

// place puts all names at one range.
func place(o Object, at finding.Range) {
	for i := range o {
		o[i].At = at
		placeValue(o[i].Value, at)
	}
}

func placeValue(v any, at finding.Range) {
	switch v := v.(type) {
	case Object:
		place(v, at)
	case List:
		for _, item := range v {
			placeValue(item, at)
		}
	}
}
