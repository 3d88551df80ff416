package spec

import (
	"sort"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
)

// source is the text of one file and the way from its lines and columns to its
// bytes and back. Both ways are constant in the length of a line after the first
// look at it, so that a file of one long line stays linear.
type source struct {
	path   string
	text   []byte
	starts []int           // byte at which each line begins
	wide   map[int]bool    // the lines that are not ASCII
	runes  map[int][]int32 // by wide line: the byte of each character
}

func newSource(path string, text []byte) *source {
	s := &source{path: path, text: text, starts: []int{0}, wide: map[int]bool{}, runes: map[int][]int32{}}
	for i, b := range text {
		switch {
		case b == '\n':
			s.starts = append(s.starts, i+1)
		case b >= utf8.RuneSelf:
			s.wide[len(s.starts)] = true
		}
	}
	return s
}

// line gives the bytes of a line (from 1) without its line feed.
func (s *source) line(number int) []byte {
	from, to := s.starts[number-1], len(s.text)
	if number < len(s.starts) {
		to = s.starts[number] - 1
	}
	return s.text[from:to]
}

// characters gives where in a line each character begins, or nil where that is
// simply its number.
func (s *source) characters(number int) []int32 {
	if len(s.wide) == 0 || !s.wide[number] {
		return nil
	}
	if known, ok := s.runes[number]; ok {
		return known
	}
	var starts []int32
	for i := range string(s.line(number)) {
		starts = append(starts, int32(i))
	}
	s.runes[number] = starts
	return starts
}

// at gives the position of a line and column, moved into the text where it lies
// outside.
func (s *source) at(line, column int) finding.Pos {
	line = min(max(line, 1), len(s.starts))
	length, starts := len(s.line(line)), s.characters(line)
	offset := min(max(column-1, 0), length)
	if starts != nil {
		offset = length
		if column-1 < len(starts) {
			offset = int(starts[max(column-1, 0)])
		}
	}
	return s.inLine(line, s.starts[line-1]+offset)
}

// pos gives the position of a byte.
func (s *source) pos(offset int) finding.Pos {
	offset = min(max(offset, 0), len(s.text))
	return s.inLine(sort.SearchInts(s.starts, offset+1), offset)
}

// inLine is pos where the line is known.
func (s *source) inLine(line, offset int) finding.Pos {
	column := offset - s.starts[line-1]
	if starts := s.characters(line); starts != nil {
		inLine := int32(column)
		column = sort.Search(len(starts), func(i int) bool { return starts[i] >= inLine })
	}
	return finding.Pos{Line: line, Column: column + 1, Byte: offset}
}

// span gives the range between two bytes.
func (s *source) span(from, to int) finding.Range {
	return finding.Range{Path: s.path, Start: s.pos(from), End: s.pos(max(from, to))}
}
