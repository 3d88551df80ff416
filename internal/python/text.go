package python

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// decodeLiteral gives the string or Bytes of a string token. Open is Undecidable:
// the value holds what Go's text cannot hold, or a character by its name. The
// error is a SyntaxError.
func decodeLiteral(source string) (value any, open, err error) {
	quoteAt := strings.IndexAny(source, `'"`)
	prefix := strings.ToLower(source[:quoteAt])
	body := source[quoteAt:]
	width := 1
	if len(body) >= 6 && body[1] == body[0] && body[2] == body[0] {
		width = 3
	}
	body = body[width : len(body)-width]
	raw, octets := strings.Contains(prefix, "r"), strings.Contains(prefix, "b")
	if octets && !isASCII(body) {
		return nil, nil, syntaxError("bytes can only contain ASCII literal characters")
	}
	if !raw && strings.IndexByte(body, '\\') >= 0 {
		u := unescaper{rest: body, octets: octets}
		if err = u.all(); err != nil {
			return nil, nil, err
		}
		body, open = string(u.out), u.open
	}
	if octets {
		return Bytes(body), open, nil
	}
	return body, open, nil
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// unescaper is _PyUnicode_DecodeUnicodeEscapeInternal, or _PyBytes_DecodeEscape.
type unescaper struct {
	rest   string
	octets bool
	out    []byte
	open   error
}

func (u *unescaper) all() error {
	for u.rest != "" {
		i := strings.IndexByte(u.rest, '\\')
		if i < 0 {
			i = len(u.rest)
		}
		u.out, u.rest = append(u.out, u.rest[:i]...), u.rest[i:]
		if u.rest == "" {
			break
		}
		u.rest = u.rest[1:]
		if err := u.one(); err != nil {
			return err
		}
	}
	return nil
}

// escapes and what they stand for, pairwise.
const escapes = "\\\\''\"\"a\ab\bf\fn\nr\rt\tv\v"

// one reads what follows a backslash.
func (u *unescaper) one() error {
	c := u.rest[0]
	if c == '\n' {
		u.rest = u.rest[1:]
		return nil
	}
	for i := 0; i < len(escapes); i += 2 {
		if escapes[i] == c {
			u.out, u.rest = append(u.out, escapes[i+1]), u.rest[1:]
			return nil
		}
	}
	switch {
	case c >= '0' && c <= '7':
		u.octal()
		return nil
	case c == 'x':
		return u.hex(2)
	case c == 'u' && !u.octets:
		return u.hex(4)
	case c == 'U' && !u.octets:
		return u.hex(8)
	case c == 'N' && !u.octets:
		return u.named()
	}
	u.out = append(u.out, '\\')
	return nil
}

// octal reads up to three digits.
func (u *unescaper) octal() {
	n, i := rune(0), 0
	for i < 3 && i < len(u.rest) && u.rest[i] >= '0' && u.rest[i] <= '7' {
		n = n*8 + rune(u.rest[i]-'0')
		i++
	}
	u.rest = u.rest[i:]
	u.put(n)
}

func (u *unescaper) hex(digits int) error {
	if len(u.rest) < 1+digits || !isHex(u.rest[1:1+digits]) {
		return syntaxError("truncated \\%c escape", u.rest[0])
	}
	n, _ := strconv.ParseUint(u.rest[1:1+digits], 16, 64)
	if n > utf8.MaxRune {
		return syntaxError("illegal Unicode character")
	}
	u.rest = u.rest[1+digits:]
	u.put(rune(n))
	return nil
}

func isHex(s string) bool {
	return strings.Trim(s, "0123456789abcdefABCDEF") == ""
}

func (u *unescaper) put(r rune) {
	switch {
	case u.octets:
		u.out = append(u.out, byte(r))
	case isSurrogate(r):
		u.open = errSurrogate()
	default:
		u.out = utf8.AppendRune(u.out, r)
	}
}

func isSurrogate(r rune) bool { return r >= 0xd800 && r < 0xe000 }

func errSurrogate() error { return undecidable("half of a surrogate pair is no text") }

// named reads {NAME}. Whether there is a character of that name is not known
// here.
func (u *unescaper) named() error {
	end := strings.IndexByte(u.rest, '}')
	if !strings.HasPrefix(u.rest, "N{") || end < len("N{x") {
		return syntaxError("malformed \\N character escape")
	}
	u.open = undecidable("the names of characters (%s) are not known here", u.rest[:end+1])
	u.rest = u.rest[end+1:]
	return nil
}
