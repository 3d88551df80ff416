package claims

import (
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
)

// source is a text of which places are asked in rising order mostly: the last
// answer is kept, so that a reading costs one pass.
type source struct {
	path string
	text []byte
	last finding.Pos
}

func newSource(path string, text []byte) *source {
	return &source{path: path, text: text, last: finding.Pos{Line: 1, Column: 1}}
}

// pos gives the line and column of a byte.
func (s *source) pos(offset int) finding.Pos {
	offset = min(max(offset, 0), len(s.text))
	if offset < s.last.Byte {
		s.last = finding.Pos{Line: 1, Column: 1}
	}
	for s.last.Byte < offset {
		r, size := utf8.DecodeRune(s.text[s.last.Byte:])
		s.last.Byte += size
		s.last.Column++
		if r == '\n' {
			s.last.Line, s.last.Column = s.last.Line+1, 1
		}
	}
	return s.last
}

func (s *source) span(from, to int) finding.Range {
	return finding.Range{Path: s.path, Start: s.pos(from), End: s.pos(to)}
}

// refuse gives the one finding of an input that cannot be read.
func (s *source) refuse(slug string, from, to int, message, hint string) finding.List {
	return finding.List{{Slug: slug, Severity: finding.Error, Message: message, Hint: hint, At: s.span(from, to)}}
}
