package python

import (
	"math/big"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// number is _match_number_unicode: the longest number that begins here.
func (j *jsonReader) number() (any, error) {
	begin := j.at
	j.accept("-")
	if !j.accept("0") && j.digits() == 0 {
		return nil, j.fail("Expecting value", begin)
	}
	fraction, exponent := j.fraction(), j.exponent()
	if !fraction && !exponent {
		return jsonInt(j.src[begin:j.at])
	}
	f, _ := strconv.ParseFloat(j.src[begin:j.at], 64) // beyond the range it is infinite, as in Python
	return f, nil
}

// fraction reads a point only with digits behind it.
func (j *jsonReader) fraction() bool {
	begin := j.at
	if j.accept(".") && j.digits() > 0 {
		return true
	}
	j.at = begin
	return false
}

// exponent reads an e only with digits behind it.
func (j *jsonReader) exponent() bool {
	begin := j.at
	if j.accept("e") || j.accept("E") {
		if !j.accept("+") {
			j.accept("-")
		}
		if j.digits() > 0 {
			return true
		}
	}
	j.at = begin
	return false
}

func (j *jsonReader) digits() int {
	begin := j.at
	for c := j.peek(); c >= '0' && c <= '9'; c = j.peek() {
		j.at++
	}
	return j.at - begin
}

func jsonInt(text string) (any, error) {
	if len(strings.TrimPrefix(text, "-")) > maxDigits {
		return nil, raise("ValueError", "Exceeds the limit (%d digits) for integer string conversion", maxDigits)
	}
	n, _ := new(big.Int).SetString(text, 10)
	return n, nil
}

// text is scanstring_unicode, strict: no control characters.
func (j *jsonReader) text() (any, error) {
	begin := j.at
	j.at++
	if end := strings.IndexAny(j.src[j.at:], "\"\\"); end >= 0 && j.src[j.at+end] == '"' && !hasControl(j.src[j.at:j.at+end]) {
		s := j.src[j.at : j.at+end]
		j.at += end + 1
		return s, nil
	}
	var out []byte
	for j.at < len(j.src) {
		c := j.src[j.at]
		switch {
		case c == '"':
			j.at++
			return string(out), nil
		case c < ' ':
			return nil, j.fail("Invalid control character at", j.at)
		case c != '\\':
			out = append(out, c)
			j.at++
			continue
		}
		var err error
		if out, err = j.escape(out, begin); err != nil {
			return nil, err
		}
	}
	return nil, j.fail("Unterminated string starting at", begin)
}

func hasControl(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' {
			return true
		}
	}
	return false
}

// jsonEscapes and what they stand for, pairwise.
const jsonEscapes = "\"\"\\\\//b\bf\fn\nr\rt\t"

func (j *jsonReader) escape(out []byte, begin int) ([]byte, error) {
	at := j.at
	j.at++
	if j.at == len(j.src) {
		return nil, j.fail("Unterminated string starting at", begin)
	}
	c := j.src[j.at]
	if c == 'u' {
		return j.escapedRune(out)
	}
	for i := 0; i < len(jsonEscapes); i += 2 {
		if jsonEscapes[i] == c {
			j.at++
			return append(out, jsonEscapes[i+1]), nil
		}
	}
	return nil, j.fail("Invalid \\escape", at)
}

// escapedRune reads uXXXX, or a surrogate pair of two.
func (j *jsonReader) escapedRune(out []byte) ([]byte, error) {
	r, ok := j.hex4(j.at + 1)
	if !ok {
		return nil, j.fail("Invalid \\uXXXX escape", j.at)
	}
	j.at += 5
	if !utf16.IsSurrogate(r) {
		return utf8.AppendRune(out, r), nil
	}
	if strings.HasPrefix(j.src[j.at:], "\\u") {
		if low, ok := j.hex4(j.at + 2); ok && utf16.DecodeRune(r, low) != utf8.RuneError {
			j.at += 6
			return utf8.AppendRune(out, utf16.DecodeRune(r, low)), nil
		}
	}
	j.open = errSurrogate()
	return out, nil
}

func (j *jsonReader) hex4(at int) (rune, bool) {
	if at+4 > len(j.src) || !isHex(j.src[at:at+4]) {
		return 0, false
	}
	n, _ := strconv.ParseUint(j.src[at:at+4], 16, 32)
	return rune(n), true
}
