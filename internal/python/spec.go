package python

import (
	"strings"
	"unicode/utf8"
)

// spec is a format spec of a str.
type spec struct {
	fill      rune
	align     byte // '<', '>' or '^'
	width     int  // in characters; -1 is none
	precision int  // in characters; -1 is none
}

// parseSpec is parse_internal_render_format_spec and format_string_internal of
// Python/formatter_unicode.c. Every error is a ValueError, or Undecidable.
func parseSpec(s string, ver Version) (spec, error) {
	out := spec{fill: ' ', align: '<', width: -1, precision: -1}
	if s == "" {
		return out, nil
	}
	p := specText{rest: s, ver: ver}
	p.alignment(&out)
	p.flags(&out)
	out.width = p.number()
	p.separators()
	p.precision(&out)
	p.presentation()
	if p.fails == nil && out.align == '=' {
		p.fail("'=' alignment not allowed in string format specifier")
	}
	if p.fails == nil {
		p.fails = p.refused
	}
	return out, p.fails
}

// specText is what is left of a spec. The first error of its form stands in
// fails; what is well formed, but not for a str, in refused.
type specText struct {
	rest            string
	ver             Version
	filled, aligned bool
	fails, refused  error
}

func (p *specText) fail(message string) {
	if p.fails == nil {
		p.fails = raise("ValueError", "%s", message)
	}
}

func (p *specText) refuse(message string) {
	if p.refused == nil {
		p.refused = raise("ValueError", "%s not allowed in string format specifier", message)
	}
}

func (p *specText) take(set string) byte {
	if p.rest == "" || strings.IndexByte(set, p.rest[0]) < 0 {
		return 0
	}
	c := p.rest[0]
	p.rest = p.rest[1:]
	return c
}

const alignments = "<>=^"

// alignment reads an alignment, and a fill character in front of it.
func (p *specText) alignment(out *spec) {
	r, size := utf8.DecodeRuneInString(p.rest)
	if size < len(p.rest) && strings.IndexByte(alignments, p.rest[size]) >= 0 {
		out.fill, out.align, p.filled, p.aligned = r, p.rest[size], true, true
		p.rest = p.rest[size+1:]
		return
	}
	if c := p.take(alignments); c != 0 {
		out.align, p.aligned = c, true
	}
}

// flags reads what only numbers may have, and the 0 in front of a width.
func (p *specText) flags(out *spec) {
	if p.take(" +-") != 0 {
		p.refuse("Sign")
	}
	if p.ver.AtLeast(11) && p.take("z") != 0 {
		p.refuse("Negative zero coercion (z)")
	}
	if p.take("#") != 0 {
		p.refuse("Alternate form (#)")
	}
	if !p.filled && p.take("0") != 0 {
		out.fill = '0'
		if !p.aligned && !p.ver.AtLeast(10) {
			out.align = '='
		}
	}
}

// number reads digits of any script; -1 is none.
func (p *specText) number() int {
	n := -1
	for p.rest != "" {
		r, size := utf8.DecodeRuneInString(p.rest)
		digit, versions := decimal(r)
		if versions&unicodeOf(p.ver) == 0 {
			break
		}
		if n > (maxSsize-digit)/10 {
			p.fail("Too many decimal digits in format string")
			return n
		}
		n = max(n, 0)*10 + digit
		p.rest = p.rest[size:]
	}
	return n
}

// separators are for numbers alone, so that any of them fails in the end.
func (p *specText) separators() {
	if p.take(",_") != 0 {
		p.fail("Cannot specify ',' or '_' with 's'.")
	}
}

func (p *specText) precision(out *spec) {
	if p.take(".") == 0 {
		return
	}
	if out.precision = p.number(); out.precision < 0 {
		p.fail("Format specifier missing precision")
	}
}

func (p *specText) presentation() {
	switch p.rest {
	case "", "s":
	default:
		p.fail("Invalid format specifier, or one for an object that is no 'str'")
	}
}
