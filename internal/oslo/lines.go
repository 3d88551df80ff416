package oslo

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
)

// line is one line without white space at its end.
type line struct {
	text   string
	start  finding.Pos // Line counts line feeds alone, as editors and reports do
	number int         // as Python counts
}

// lines gives a text line by line. As for Python's open(), a line ends at "\n",
// "\r\n" or "\r".
type lines struct {
	rest   string
	at     finding.Pos
	number int
}

func (l *lines) next() (line, bool) {
	if l.rest == "" {
		return line{}, false
	}
	end, size := lineEnd(l.rest)
	l.number++
	out := line{text: strings.TrimRightFunc(l.rest[:end], isSpace), start: l.at, number: l.number}
	l.advance(end, size)
	return out, true
}

// lineEnd finds the first end of a line and its length in bytes.
func lineEnd(text string) (end, size int) {
	end = strings.IndexAny(text, "\r\n")
	switch {
	case end < 0:
		return len(text), 0
	case strings.HasPrefix(text[end:], "\r\n"):
		return end, 2
	default:
		return end, 1
	}
}

func (l *lines) advance(end, size int) {
	if size > 0 && l.rest[end+size-1] == '\n' {
		l.at.Line++
		l.at.Column = 1
	} else {
		l.at.Column += utf8.RuneCountInString(l.rest[:end]) + size
	}
	l.at.Byte += end + size
	l.rest = l.rest[end+size:]
}

// indented reports whether the line continues the one above.
func (l line) indented() bool {
	return l.text != "" && (l.text[0] == ' ' || l.text[0] == '\t')
}

// pos is the place of a byte of the line.
func (l line) pos(offset int) finding.Pos {
	p := l.start
	p.Column += utf8.RuneCountInString(l.text[:offset])
	p.Byte += offset
	return p
}

// span is the range of a part of the line.
func (l line) span(path string, from, to int) finding.Range {
	start := l.pos(from)
	end := start
	end.Column += utf8.RuneCountInString(l.text[from:to])
	end.Byte += to - from
	return finding.Range{Path: path, Start: start, End: end}
}

// trim gives the place of a part of the line without white space around it. Of
// nothing but white space it is the end.
func (l line) trim(from, to int) (int, int) {
	to = from + len(strings.TrimRightFunc(l.text[from:to], isSpace))
	left := strings.TrimLeftFunc(l.text[from:to], isSpace)
	return to - len(left), to
}

// isSpace is str.isspace of Python, which takes the separators U+001C to U+001F
// for white space.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }
