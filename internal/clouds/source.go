package clouds

import (
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/finding"
)

// source finds places in a text.
type source struct {
	path  string
	text  string
	lines []int       // where they begin
	last  finding.Pos // the place that was found last, to go on from in a long line
}

func newSource(path string, src []byte) *source {
	s := &source{path: path, text: string(src), lines: []int{0}}
	for i := range len(src) {
		if src[i] == '\n' || src[i] == '\r' && (i+1 == len(src) || src[i+1] != '\n') {
			s.lines = append(s.lines, i+1)
		}
	}
	return s
}

// line gives a whole line, or the file where there is none of that number.
func (s *source) line(number int) finding.Range {
	at := finding.Range{Path: s.path}
	if number < 1 || number > len(s.lines) {
		return at
	}
	begin := s.lines[number-1]
	end := begin + lineLength(s.text[begin:])
	at.Start = finding.Pos{Line: number, Column: 1, Byte: begin}
	at.End = finding.Pos{Line: number, Column: 1 + utf8.RuneCountInString(s.text[begin:end]), Byte: end}
	return at
}

func lineLength(text string) int {
	if i := strings.IndexAny(text, "\r\n"); i >= 0 {
		return i
	}
	return len(text)
}

// of gives the place of a node: of a scalar all of it, if it is on one line, and
// else what its first line has.
func (s *source) of(n *yaml.Node) finding.Range {
	if n.Line < 1 || n.Line > len(s.lines) {
		return finding.Range{Path: s.path}
	}
	start := finding.Pos{Line: n.Line, Column: 1, Byte: s.lines[n.Line-1]}
	if s.last.Line == n.Line && s.last.Column <= n.Column {
		start = s.last
	}
	for start.Column < n.Column && start.Byte < len(s.text) {
		_, size := utf8.DecodeRuneInString(s.text[start.Byte:])
		start.Byte, start.Column = start.Byte+size, start.Column+1
	}
	s.last = start
	rest := s.text[start.Byte:]
	length := scalarLength(n, rest)
	end := start
	end.Column, end.Byte = start.Column+utf8.RuneCountInString(rest[:length]), start.Byte+length
	return finding.Range{Path: s.path, Start: start, End: end}
}

// scalarLength gives how much of a text belongs to a node, in its first line.
func scalarLength(n *yaml.Node, rest string) int {
	switch {
	case n.Kind != yaml.ScalarNode:
		return min(1, len(rest))
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 && rest != "":
		return quotedLength(rest)
	case strings.HasPrefix(rest, n.Value) && !strings.ContainsAny(n.Value, "\r\n"):
		return len(n.Value)
	}
	return len(strings.TrimRight(rest[:lineLength(rest)], " \t"))
}

func quotedLength(rest string) int {
	quote := rest[0]
	for i := 1; i < len(rest); i++ {
		switch {
		case rest[i] == '\n' || rest[i] == '\r':
			return i
		case quote == '"' && rest[i] == '\\':
			i++
		case rest[i] != quote:
		case quote == '\'' && strings.HasPrefix(rest[i:], "''"):
			i++
		default:
			return i + 1
		}
	}
	return len(rest)
}
