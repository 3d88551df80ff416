package re

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// escape reads what a backslash starts outside a character set (_escape).
func (p *parser) escape(t token) node {
	if place, ok := placeOf(t.ch); ok {
		return node{kind: kindAt, at: place}
	}
	if it, ok := categoryOf(t.ch); ok {
		return node{kind: kindIn, items: []item{it}}
	}
	if t.ch >= '0' && t.ch <= '9' {
		return p.digitEscape(t)
	}
	return node{kind: kindLiteral, ch: p.charEscape(t)}
}

func placeOf(ch rune) (place, bool) {
	switch ch {
	case 'A':
		return atStringStart, true
	case 'Z':
		return atStringEnd, true
	case 'b':
		return atBoundary, true
	case 'B':
		return atNonBoundary, true
	}
	return 0, false
}

func categoryOf(ch rune) (item, bool) {
	switch ch {
	case 'd', 'D':
		return item{kind: itemDigit, not: ch == 'D'}, true
	case 's', 'S':
		return item{kind: itemSpace, not: ch == 'S'}, true
	case 'w', 'W':
		return item{kind: itemWord, not: ch == 'W'}, true
	}
	return item{}, false
}

// controls are the escapes that are single characters; \b is one in a set only.
const (
	controls   = "abfnrtv\\"
	controlled = "\a\b\f\n\r\t\v\\"
)

// charEscape reads an escape that is a character, in a set and outside, all but digits.
func (p *parser) charEscape(t token) rune {
	if i := strings.IndexRune(controls, t.ch); i >= 0 {
		return rune(controlled[i])
	}
	switch t.ch {
	case 'x':
		return p.hexEscape(t, 2)
	case 'u':
		return p.hexEscape(t, 4)
	case 'U':
		return p.hexEscape(t, 8)
	case 'N':
		p.namedEscape()
	}
	if t.ch < utf8.RuneSelf && (t.ch|0x20 >= 'a' && t.ch|0x20 <= 'z') {
		p.src.raise(2, "bad escape %s", t)
	}
	return t.ch
}

func (p *parser) hexEscape(t token, length int) rune {
	text := p.src.while(length, hexDigits)
	if len(text) != length {
		p.src.raise(len(text)+2, "incomplete escape %s%s", t, text)
	}
	n, _ := strconv.ParseUint(text, 16, 64)
	if n > 0x7FFFFFFF && !p.version.AtLeast(13) {
		raiseException("OverflowError", "Python int too large to convert to C int")
	}
	if n > utf8.MaxRune {
		p.src.raise(len(text)+2, "bad escape %s%s", t, text)
	}
	return rune(n)
}

// namedEscape reads \N{NAME}. The names are not modelled here.
func (p *parser) namedEscape() {
	if !p.src.match('{') {
		p.src.raise(0, "missing {")
	}
	name := p.src.until('}', "character name")
	giveUp(`\N{%s}: the names of Unicode characters are not modelled; write the character itself`, name)
}

// digitEscape reads \0, \012, \123, or the reference to a group.
func (p *parser) digitEscape(t token) node {
	if t.ch == '0' {
		return node{kind: kindLiteral, ch: octal("0" + p.src.while(2, octDigits))}
	}
	text := string(t.ch)
	if p.src.next.in(digits) {
		text += p.src.get().String()
		if isOctal(text) && p.src.next.in(octDigits) {
			text += p.src.get().String()
			return node{kind: kindLiteral, ch: p.byteOctal(text)}
		}
	}
	group, _ := strconv.Atoi(text)
	if group >= len(p.widths) {
		p.src.raise(len(text), "invalid group reference %d", group)
	}
	return p.reference(group, len(text)+1)
}

// reference is a back-reference, to a closed group only.
func (p *parser) reference(group, back int) node {
	if p.widths[group] == nil {
		p.src.raise(back, "cannot refer to an open group")
	}
	p.checkBehind(group)
	return node{kind: kindRef, group: group}
}

// checkBehind is checklookbehindgroup.
func (p *parser) checkBehind(group int) {
	if p.behind == 0 {
		return
	}
	if group >= len(p.widths) || p.widths[group] == nil {
		p.src.raise(0, "cannot refer to an open group")
	}
	if group >= p.behind {
		p.src.raise(0, "cannot refer to group defined in the same lookbehind subpattern")
	}
}

func isOctal(text string) bool { return strings.Trim(text, octDigits) == "" }

func octal(text string) rune {
	n, _ := strconv.ParseUint(text, 8, 32)
	return rune(n)
}

func (p *parser) byteOctal(text string) rune {
	n := octal(text)
	if n > 0o377 {
		p.src.raise(len(text)+1, `octal escape value \%s outside of range 0-0o377`, text)
	}
	return n
}
