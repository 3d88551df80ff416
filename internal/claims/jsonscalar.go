package claims

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// number reads a number and keeps its spelling.
func (r *reader) number() (any, error) {
	from := r.at
	r.skip('-')
	whole := r.digits()
	fits := whole == 1 || whole > 1 && r.src.text[r.at-whole] != '0'
	if fits && r.skip('.') {
		fits = r.digits() > 0
	}
	if fits && (r.skip('e') || r.skip('E')) {
		_ = r.skip('+') || r.skip('-')
		fits = r.digits() > 0
	}
	if !fits {
		return nil, r.badNumber(from)
	}
	return json.Number(r.src.text[from:r.at]), nil
}

func (r *reader) badNumber(from int) error {
	if r.at == from+1 && r.src.text[from] == '-' {
		return r.unexpected("a digit")
	}
	return &fault{"claims-json", fmt.Sprintf("%q is not a JSON number", clip(string(r.src.text[from:r.at]))), "write it as 10, -1, 0.5 or 1e9; quote it where it is an identifier", from, r.at}
}

func (r *reader) skip(c byte) bool {
	if r.at < len(r.src.text) && r.src.text[r.at] == c {
		r.at++
		return true
	}
	return false
}

// digits moves over digits and tells how many.
func (r *reader) digits() int {
	from := r.at
	for r.at < len(r.src.text) && r.src.text[r.at] >= '0' && r.src.text[r.at] <= '9' {
		r.at++
	}
	return r.at - from
}

// text reads a string, at whose quote the reader stands.
func (r *reader) text() (any, error) {
	from := r.at
	var b strings.Builder
	for r.at++; r.at < len(r.src.text); {
		switch c := r.src.text[r.at]; {
		case c == '"':
			r.at++
			return b.String(), nil
		case c == '\\':
			if err := r.escape(&b); err != nil {
				return nil, err
			}
		case c < 0x20:
			return nil, r.unexpected(`the string's end, or an escape such as \n`)
		default:
			r.plain(&b)
		}
	}
	return nil, &fault{"claims-json", "this string has no end, expected a double quote", "close it", from, len(r.src.text)}
}

// plain takes what needs no thought.
func (r *reader) plain(b *strings.Builder) {
	rest := r.src.text[r.at:]
	n := bytes.IndexFunc(rest, func(c rune) bool { return c == '"' || c == '\\' || c < 0x20 })
	if n < 0 {
		n = len(rest)
	}
	b.Write(rest[:n])
	r.at += n
}

func (r *reader) escape(b *strings.Builder) error {
	if r.at+1 >= len(r.src.text) {
		return r.unexpected("an escape")
	}
	const letters, meant = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	if i := strings.IndexByte(letters, r.src.text[r.at+1]); i >= 0 {
		b.WriteByte(meant[i])
		r.at += 2
		return nil
	}
	return r.unicode(b)
}

// unicode reads \uXXXX, or two of them that make one character. Half a pair is
// refused: no environment can hold it (jansson refuses the token).
func (r *reader) unicode(b *strings.Builder) error {
	first, ok := r.hex(r.at)
	if !ok {
		return r.unexpected(`an escape: \" \\ \/ \b \f \n \r \t or \u and four hexadecimal digits`)
	}
	size := len(`\u0000`)
	if utf16.IsSurrogate(first) {
		second, _ := r.hex(r.at + size)
		first = utf16.DecodeRune(first, second)
		if size *= 2; first == utf8.RuneError {
			return &fault{"claims-json", "half of a surrogate pair, expected both halves", "write the character itself", r.at, r.at + size/2}
		}
	}
	b.WriteRune(first)
	r.at += size
	return nil
}

func (r *reader) hex(at int) (rune, bool) {
	if at+6 > len(r.src.text) || r.src.text[at] != '\\' || r.src.text[at+1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(r.src.text[at+2:at+6]), 16, 32)
	return rune(n), err == nil
}
