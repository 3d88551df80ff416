package httpdconf

import (
	"strings"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
)

// locator turns offsets of a logical line into places of the file. It must be
// asked in ascending order: it never looks back, which keeps a line of a million
// continuations linear.
type locator struct {
	src  string
	line *logical
	span int         // index of the physical line it stands in
	pos  finding.Pos // where it stands
}

func newLocator(src string, l *logical) locator {
	return locator{src: src, line: l, pos: startOf(l.spans[0])}
}

func startOf(s span) finding.Pos { return finding.Pos{Line: s.line, Column: 1, Byte: s.byte} }

// at gives the place of the character at an offset.
func (c *locator) at(offset int) finding.Pos {
	c.enter(offset)
	return c.advance(c.byteAt(offset))
}

// after gives the place just behind the character that ends at an offset. It
// stays on that character's physical line.
func (c *locator) after(offset int) finding.Pos {
	c.enter(max(offset-1, 0))
	return c.advance(c.byteAt(offset))
}

// enter goes to the physical line that an offset stands in.
func (c *locator) enter(offset int) {
	for spans := c.line.spans; c.span+1 < len(spans) && spans[c.span+1].at <= offset; {
		c.span++
		c.pos = startOf(spans[c.span])
	}
}

func (c *locator) byteAt(offset int) int {
	s := c.line.spans[c.span]
	return s.byte + offset - s.at
}

// end gives the end of the last physical line, without its newline.
func (c *locator) end() finding.Pos {
	last := c.line.spans[len(c.line.spans)-1]
	if c.span != len(c.line.spans)-1 {
		c.span, c.pos = len(c.line.spans)-1, startOf(last)
	}
	text := strings.TrimSuffix(c.src[last.byte:c.line.to], "\n")
	return c.advance(max(c.pos.Byte, last.byte+len(strings.TrimSuffix(text, "\r"))))
}

func (c *locator) advance(to int) finding.Pos {
	if to > c.pos.Byte {
		c.pos.Column += utf8.RuneCountInString(c.src[c.pos.Byte:to])
		c.pos.Byte = to
	}
	return c.pos
}
