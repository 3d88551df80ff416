package claims

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
)

// MaxSize is the largest input that is read, in bytes. httpd's own limit for the
// header that carries a token is 8190 (LimitRequestFieldSize).
const MaxSize = 1 << 20

const mend = `give a JSON object such as {"sub": "alice"}, a JWT, or lines such as OIDC-sub: alice`

// Read reads claims in any form; path is used for positions only. The Claims are
// nil where the list has errors. Source text of a token must not be shown:
// ReadFile tells what may be.
func Read(path string, src []byte) (*Claims, finding.List) {
	s := newSource(path, src)
	if list := s.unreadable(); list != nil {
		return nil, list
	}
	text := bytes.TrimSpace(src)
	switch begin := bytes.Index(src, text); {
	case text[0] == '{' || text[0] == '[' || text[0] == '"':
		return s.json()
	case isToken(text):
		return s.token(text, begin)
	case bytes.IndexByte(text, ':') < 0 && bytes.IndexByte(text, '\n') < 0:
		return nil, s.refuse("claims-unknown-form", begin, begin+len(text),
			fmt.Sprintf("%s is neither a JSON object nor a JWT (three parts joined by dots) nor `key: value` lines", described(text)), mend)
	}
	return s.lines()
}

// described tells of a word without quoting it: it may be an opaque token.
func described(text []byte) string {
	if len(bytes.Fields(text)) == 1 {
		return fmt.Sprintf("one word of %d bytes", len(text))
	}
	return fmt.Sprintf("a line of %d bytes", len(text))
}

// unreadable judges what no form allows.
func (s *source) unreadable() finding.List {
	switch text := s.text; {
	case len(text) > MaxSize:
		return finding.List{{Slug: "claims-too-large", Severity: finding.Error, At: finding.Range{Path: s.path},
			Message: fmt.Sprintf("more than %d bytes of claims, expected at most that", MaxSize), Hint: "give the claims of one person"}}
	case bytes.HasPrefix(text, []byte("\ufeff")):
		return s.refuse("byte-order-mark", 0, 3, "the input begins with a byte order mark, which Keystone would take for a part of the first name", "save it as UTF-8 without BOM")
	case len(bytes.TrimSpace(text)) == 0:
		return s.refuse("claims-empty", 0, 0, "no claims: the input is empty", mend)
	case !utf8.Valid(text):
		return s.refuse("claims-binary", invalid(text), invalid(text), fmt.Sprintf("byte %#02x is not UTF-8 text", text[invalid(text)]), "save it as UTF-8; "+mend)
	case bytes.IndexByte(text, 0) >= 0:
		at := bytes.IndexByte(text, 0)
		return s.refuse("claims-binary", at, at, "a NUL byte: this is no text", mend)
	}
	return nil
}

// invalid gives the place of the first byte that is not UTF-8.
func invalid(text []byte) int {
	at := 0
	for at < len(text) {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return at
}

// answerOfIssuer warns of what is the answer of a token endpoint (RFC 6749, 5.1).
func (s *source) answerOfIssuer(o Object) finding.List {
	_, token := o.Get("access_token")
	_, kind := o.Get("token_type")
	if !token || !kind {
		return nil
	}
	return finding.List{{Slug: "claims-token-response", Severity: finding.Warning, At: o[0].At,
		Message: "this is an issuer's answer with tokens, not claims; its members are taken as claims", Hint: "give the value of access_token or id_token alone"}}
}
