package python

import (
	"strings"
	"unicode/utf8"
)

// maxNesting is how deep fields may stand in the specs of fields: build_string's
// recursion_depth of Objects/stringlib/unicode_format.h.
const maxNesting = 2

// markup parses a template. Numbering by {} and {n} goes through the whole of it,
// the nested fields too.
type markup struct {
	text      string
	named     []int
	automatic int
	numbering numbering
}

type numbering int

const (
	undecided numbering = iota
	byPlace
	byNumber
)

// pieces is MarkupIterator_next, called until the text ends or fails.
func (p *markup) pieces(s string, nesting int) []piece {
	if nesting == 0 {
		return []piece{{index: -1, fails: raise("ValueError", "Max string recursion exceeded")}}
	}
	var out []piece
	for s != "" {
		i := strings.IndexAny(s, "{}")
		switch {
		case i < 0:
			return append(out, piece{text: s, index: -1})
		case i+1 < len(s) && s[i+1] == s[i]:
			out, s = append(out, piece{text: s[:i+1], index: -1}), s[i+2:]
		case s[i] == '}' || i+1 == len(s):
			return append(out, piece{text: s[:i], index: -1, fails: raise("ValueError", "Single '%c' encountered in format string", s[i])})
		default:
			next, rest := p.field(s[i+1:], nesting)
			next.text = s[:i]
			out, s = append(out, next), rest
		}
	}
	return out
}

// field reads a field behind its "{" and gives what follows it.
func (p *markup) field(s string, nesting int) (piece, string) {
	cut, err := cutField(s)
	if err != nil {
		return piece{index: -1, fails: err}, ""
	}
	f := p.name(cut.name)
	f.conversion = cut.conversion
	if strings.IndexByte(cut.spec, '{') < 0 {
		f.spec = cut.spec
	} else {
		f.nested = &Template{pieces: p.pieces(cut.spec, nesting-1), only: -1}
	}
	if f.plain() {
		return piece{index: f.index}, cut.rest
	}
	return piece{index: -1, field: f}, cut.rest
}

func (f *field) plain() bool {
	return f.fails == nil && f.index >= 0 && f.path == nil && f.conversion == 0 && f.spec == "" && f.nested == nil
}

// cutting is a field's text, cut where parse_field cuts it.
type cutting struct {
	name, spec, rest string
	conversion       rune
}

// cutField is parse_field. Between "[" and "]" of a name everything is allowed.
func cutField(s string) (cutting, error) {
	end, err := nameEnd(s)
	if err != nil {
		return cutting{}, err
	}
	c := cutting{name: s[:end], rest: s[end+1:]}
	switch s[end] {
	case '}':
		return c, nil
	case '!':
		if done, err := c.cutConversion(); done || err != nil {
			return c, err
		}
	}
	return c, c.cutSpec()
}

func nameEnd(s string) (int, error) {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '{':
			return 0, raise("ValueError", "unexpected '{' in field name")
		case '[':
			skip := strings.IndexByte(s[i:], ']')
			if skip < 0 {
				return 0, errNoEnd()
			}
			i += skip
		case '}', ':', '!':
			return i, nil
		}
	}
	return 0, errNoEnd()
}

func errNoEnd() error { return raise("ValueError", "expected '}' before end of string") }

// cutConversion takes the character behind "!". It reports whether the field ends
// there.
func (c *cutting) cutConversion() (bool, error) {
	if c.rest == "" {
		return false, raise("ValueError", "end of string while looking for conversion specifier")
	}
	r, size := decodeRune(c.rest)
	c.conversion, c.rest = r, c.rest[size:]
	if c.rest == "" {
		return false, nil
	}
	next, size := utf8.DecodeRuneInString(c.rest)
	c.rest = c.rest[size:]
	if next != '}' && next != ':' {
		return false, raise("ValueError", "expected ':' after conversion specifier")
	}
	return next == '}', nil
}

// cutSpec takes everything up to the "}" that closes the field.
func (c *cutting) cutSpec() error {
	depth := 1
	for i := 0; i < len(c.rest); i++ {
		switch c.rest[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				c.spec, c.rest = c.rest[:i], c.rest[i+1:]
				return nil
			}
		}
	}
	return raise("ValueError", "unmatched '{' in format spec")
}
