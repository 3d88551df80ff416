package engine

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
)

// maxDepth bounds the nesting of a mapping; Keystone's schema needs eight levels.
const maxDepth = 64

// syntax is a place where the text is no JSON.
type syntax struct {
	offset  int
	message string
}

func (s syntax) Error() string { return s.message }

// reader reads JSON into Nodes, token by token.
type reader struct {
	path string
	src  []byte
	dec  *json.Decoder
	at   finding.Pos // how far lines and columns are counted
}

// readJSON gives the value that src holds, and nothing behind it.
func readJSON(path string, src []byte) (*Node, error) {
	if err := unreadable(src); err != nil {
		return nil, err
	}
	r := &reader{path: path, src: src, dec: json.NewDecoder(bytes.NewReader(src)), at: finding.Pos{Line: 1, Column: 1}}
	r.dec.UseNumber()
	n, err := r.value(0)
	if err == nil {
		err = r.end()
	}
	return n, r.explained(err)
}

// unreadable tells of what is no text of JSON at all.
func unreadable(src []byte) error {
	bad := badUTF8(src)
	switch {
	case bad >= 0:
		return syntax{bad, "bytes that are no UTF-8, expected JSON text"}
	case bytes.HasPrefix(src, []byte("\ufeff")):
		return syntax{0, "the text begins with a byte order mark, which Python's json refuses; save it as UTF-8 without BOM"}
	case len(bytes.TrimSpace(src)) == 0:
		return syntax{0, "there is no text"}
	}
	return nil
}

func badUTF8(src []byte) int {
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

func (r *reader) end() error {
	start := r.next()
	if start < len(r.src) {
		return syntax{start, "more text behind the mapping's end"}
	}
	return nil
}

// explained gives Go's own errors a place and plain words.
func (r *reader) explained(err error) error {
	var wrong *json.SyntaxError
	switch {
	case err == nil, errors.As(err, &syntax{}):
		return err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return syntax{len(r.src), "the text ends within the JSON"}
	case errors.As(err, &wrong):
		return r.whole(wrong)
	}
	return syntax{int(r.dec.InputOffset()), err.Error()}
}

// whole reads the text again as a whole: the offset of an error that a token
// gives depends on what the decoder has buffered.
func (r *reader) whole(wrong *json.SyntaxError) error {
	var text json.RawMessage
	errors.As(json.Unmarshal(r.src, &text), &wrong)
	return syntax{int(max(wrong.Offset-1, 0)), wrong.Error()}
}

// next gives the offset of the next token.
func (r *reader) next() int {
	i := int(r.dec.InputOffset())
	for i < len(r.src) && strings.IndexByte(" \t\r\n,:", r.src[i]) >= 0 {
		i++
	}
	return i
}

func (r *reader) value(depth int) (*Node, error) {
	start := r.pos(r.next())
	if depth > maxDepth {
		return nil, syntax{start.Byte, fmt.Sprintf("nested deeper than %d levels, which no mapping is", maxDepth)}
	}
	token, err := r.dec.Token()
	if err != nil {
		return nil, err
	}
	n := &Node{Value: token}
	switch token {
	case json.Delim('{'):
		n.Value, err = r.members(depth)
	case json.Delim('['):
		n.Value, err = r.items(depth)
	}
	n.At = r.span(start)
	return n, err
}

func (r *reader) items(depth int) ([]*Node, error) {
	items := []*Node{}
	for r.dec.More() {
		n, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		items = append(items, n)
	}
	_, err := r.dec.Token()
	return items, err
}

func (r *reader) members(depth int) ([]Member, error) {
	members, place := []Member{}, map[string]int{}
	for r.dec.More() {
		m, err := r.member(depth)
		if err != nil {
			return nil, err
		}
		if i, twice := place[m.Key]; twice {
			members[i].Value, members[i].KeyAt = m.Value, m.KeyAt
			continue
		}
		place[m.Key] = len(members)
		members = append(members, m)
	}
	_, err := r.dec.Token()
	return members, err
}

func (r *reader) member(depth int) (Member, error) {
	start := r.pos(r.next())
	token, err := r.dec.Token()
	if err != nil {
		return Member{}, err
	}
	m := Member{Key: token.(string), KeyAt: r.span(start)}
	m.Value, err = r.value(depth + 1)
	return m, err
}

// span gives the range from start to where the decoder stands.
func (r *reader) span(start finding.Pos) finding.Range {
	return finding.Range{Path: r.path, Start: start, End: r.pos(int(r.dec.InputOffset()))}
}

// pos gives the line and column of an offset that is not before the last one
// asked for: a long line is counted once.
func (r *reader) pos(offset int) finding.Pos {
	r.at = advance(r.at, r.src, offset)
	return r.at
}

func position(src []byte, offset int) finding.Pos {
	return advance(finding.Pos{Line: 1, Column: 1}, src, offset)
}

func advance(at finding.Pos, src []byte, offset int) finding.Pos {
	offset = min(offset, len(src))
	if offset < at.Byte {
		return position(src, offset)
	}
	passed := src[at.Byte:offset]
	if lines := bytes.Count(passed, []byte("\n")); lines > 0 {
		at.Line, at.Column = at.Line+lines, 1
		passed = passed[bytes.LastIndexByte(passed, '\n')+1:]
	}
	at.Column += utf8.RuneCount(passed)
	at.Byte = offset
	return at
}
