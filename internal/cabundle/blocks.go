package cabundle

import (
	"bytes"
	"encoding/pem"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// block is a piece of a file between BEGIN and END. problem says why it cannot be
// read, in words; at is its first line.
type block struct {
	kind    string
	bytes   []byte
	problem string
	at      finding.Range
}

// scan goes through the lines of a file.
type scan struct {
	path  string
	text  []byte
	out   []block
	open  *block // begun and not ended
	begin int    // the byte at which open begins
}

// blocks finds the blocks of a text, also those that programs do not see.
func blocks(path string, text []byte) []block {
	s := &scan{path: path, text: text}
	for number, at := 1, 0; at < len(text); number++ {
		end := len(text)
		if i := bytes.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		s.line(number, at, end)
		at = end
	}
	s.unended()
	return s.out
}

func (s *scan) line(number, from, to int) {
	line := strings.TrimRight(string(s.text[from:to]), " \t\r\n")
	switch label, ok := strings.CutPrefix(line, "-----BEGIN "); {
	case ok:
		s.unended()
		kind, whole := strings.CutSuffix(label, "-----")
		s.open, s.begin = &block{kind: kind, at: s.place(number, from, len(line))}, from
		if !whole {
			s.open.problem = "the BEGIN line does not end in five hyphens, so that programs pass over the block"
		}
	case s.open != nil && strings.HasPrefix(line, "-----END "):
		s.end(line, to)
	case strings.Contains(line, "-----BEGIN "):
		s.out = append(s.out, block{at: s.place(number, from, len(line)), problem: "a BEGIN line does not begin the line, so that some programs pass over the block: " + before(line)})
	}
}

// before names what stands in front of BEGIN.
func before(line string) string {
	switch {
	case strings.HasPrefix(line, "\ufeff"):
		return "a byte order mark stands before it"
	case strings.TrimLeft(line, " \t") != line:
		return "white space stands before it"
	default:
		return "other text stands before it, as where two files were joined without a line feed"
	}
}

func (s *scan) end(line string, to int) {
	b := s.open
	s.open = nil
	switch found, _ := pem.Decode(s.text[s.begin:to]); {
	case b.problem != "":
	case strings.Contains(line, "-----BEGIN "):
		b.problem = "the next block begins on the END line, as where two files were joined without a line feed"
	case line != "-----END "+b.kind+"-----":
		b.problem = "the block ends as another kind than it begins"
	case found == nil:
		b.problem = "the block is not base64 from its BEGIN line to its END line"
	default:
		b.bytes = found.Bytes
	}
	s.out = append(s.out, *b)
}

// unended tells of a block that has begun and does not end.
func (s *scan) unended() {
	if s.open == nil {
		return
	}
	if s.open.problem == "" {
		s.open.problem = "the block has no END line"
	}
	s.out = append(s.out, *s.open)
	s.open = nil
}

func (s *scan) place(line, from, length int) finding.Range {
	return finding.Range{
		Path:  s.path,
		Start: finding.Pos{Line: line, Column: 1, Byte: from},
		End:   finding.Pos{Line: line, Column: length + 1, Byte: from + length},
	}
}
