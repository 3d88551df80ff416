package python

import (
	"strings"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

// quoteFor is the apostrophe, unless there are apostrophes and no quotes inside.
func quoteFor(s string) byte {
	if strings.IndexByte(s, '\'') >= 0 && strings.IndexByte(s, '"') < 0 {
		return '"'
	}
	return '\''
}

// appendString is repr of a str, or ascii of it (unicode_repr of
// Objects/unicodeobject.c).
func appendString(dst []byte, s string, ver Version, ascii bool) []byte {
	quote := quoteFor(s)
	dst = append(dst, quote)
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			dst = appendASCII(dst, c, quote)
			i++
			continue
		}
		r, size := decodeRune(s[i:])
		if !ascii && isPrintable(r, ver) {
			dst = append(dst, s[i:i+size]...)
		} else {
			dst = appendEscape(dst, r)
		}
		i += size
	}
	return append(dst, quote)
}

func appendBytes(dst []byte, b Bytes) []byte {
	quote := quoteFor(string(b))
	dst = append(dst, 'b', quote)
	for i := 0; i < len(b); i++ {
		dst = appendASCII(dst, b[i], quote)
	}
	return append(dst, quote)
}

func appendASCII(dst []byte, c, quote byte) []byte {
	switch {
	case c == quote || c == '\\':
		return append(dst, '\\', c)
	case c == '\t':
		return append(dst, '\\', 't')
	case c == '\n':
		return append(dst, '\\', 'n')
	case c == '\r':
		return append(dst, '\\', 'r')
	case c < ' ' || c >= 0x7f:
		return append(dst, '\\', 'x', hexDigits[c>>4], hexDigits[c&15])
	}
	return append(dst, c)
}

func appendEscape(dst []byte, r rune) []byte {
	switch {
	case r <= 0xff:
		return appendHex(append(dst, '\\', 'x'), r, 2)
	case r <= 0xffff:
		return appendHex(append(dst, '\\', 'u'), r, 4)
	}
	return appendHex(append(dst, '\\', 'U'), r, 8)
}

func appendHex(dst []byte, r rune, digits int) []byte {
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		dst = append(dst, hexDigits[r>>shift&15])
	}
	return dst
}

// decodeRune reads one character; a stray byte is the surrogate that Python's
// surrogateescape makes of it.
func decodeRune(s string) (rune, int) {
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size == 1 {
		return 0xdc00 + rune(s[0]), 1
	}
	return r, size
}

func runeSize(s string) int {
	_, size := utf8.DecodeRuneInString(s)
	return size
}
