package templates

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/pattern"
)

// The two pieces that are merged into a file that somebody else keeps: one beside
// the vhost, one at its end.
const (
	serverPiece = "server"
	vhostPiece  = "vhost"
)

// beginLine and endLine are the comments between which a piece stands.
func beginLine(piece string) string { return "# BEGIN fedstone " + piece }
func endLine(piece string) string   { return "# END fedstone " + piece }

// markerLine recognises a marker also where somebody has changed it.
var markerLine = pattern.Lazy(`(?i)^[ \t]*#[# \t]*(begin|end)[ \t:]+fedstone\b`)

// markers finds the blocks of a text: none, or one of each piece. The findings name what is
// wrong with the markers; the blocks are then of no use.
func markers(path string, text []byte) ([]block, finding.List) {
	s := markerScan{path: path, comments: sync.OnceValue(func() map[int]bool { return commentLines(text) })}
	number, from := 0, 0
	for line := range bytes.Lines(text) {
		number++
		s.line(number, from, line)
		from += len(line)
	}
	if s.open != nil {
		s.find(s.opened, fmt.Sprintf("%q has no %q behind it", beginLine(s.open.piece), endLine(s.open.piece)))
	}
	if len(s.found) == 0 && len(s.blocks) == 1 {
		s.find(s.opened, fmt.Sprintf("the file holds the piece %q alone, expected %q and %q", s.blocks[0].piece, serverPiece, vhostPiece))
	}
	return s.blocks, s.found
}

// commentLines are the lines on which comments begin: a marker that httpd reads as the rest of
// a line above it is none.
func commentLines(text []byte) map[int]bool {
	file, _ := httpdconf.Parse("", text)
	lines := map[int]bool{}
	httpdconf.Walk(file.Nodes, func(_ []*httpdconf.Node, n *httpdconf.Node) bool {
		if n.Kind == httpdconf.Comment {
			lines[n.At.Start.Line] = true
		}
		return true
	})
	return lines
}

type markerScan struct {
	path     string
	comments func() map[int]bool // known when a marker is met, which is seldom
	blocks   []block
	open     *block
	opened   finding.Range // where the last block begins
	found    finding.List
}

func (s *markerScan) line(number, from int, raw []byte) {
	if !bytes.HasPrefix(bytes.TrimLeft(raw, " \t"), []byte("#")) || !markerLine().Match(raw) {
		return
	}
	line := string(raw)
	at := rangeOf(s.path, number, from, line)
	text := strings.TrimSpace(line)
	for _, piece := range []string{serverPiece, vhostPiece} {
		switch {
		case !s.comments()[number]:
		case text == beginLine(piece):
			s.begin(at, block{piece: piece, from: from})
			return
		case text == endLine(piece):
			s.end(at, piece, from+len(line))
			return
		}
	}
	s.find(at, "this marker was changed by hand, or belongs to the line above it")
}

func (s *markerScan) begin(at finding.Range, b block) {
	if s.open != nil {
		s.find(at, fmt.Sprintf("begins within the piece %q", s.open.piece))
		return
	}
	for _, earlier := range s.blocks {
		if earlier.piece == b.piece {
			s.find(at, fmt.Sprintf("there is a second piece %q", b.piece))
		}
	}
	s.open, s.opened = &b, at
}

func (s *markerScan) end(at finding.Range, piece string, to int) {
	if s.open == nil || s.open.piece != piece {
		s.find(at, fmt.Sprintf("no %q stands in front of it", beginLine(piece)))
		return
	}
	s.open.to = to
	s.blocks, s.open = append(s.blocks, *s.open), nil
}

func (s *markerScan) find(at finding.Range, message string) {
	s.found = append(s.found, finding.Finding{Slug: "merge-markers", Severity: finding.Error, At: at,
		Message: "broken markers: " + message,
		Hint: fmt.Sprintf("take out everything from the line %q to %q, and from %q to %q, with these lines (or begin with the file as its tool writes it); then render again",
			beginLine(serverPiece), endLine(serverPiece), beginLine(vhostPiece), endLine(vhostPiece))})
}

// rangeOf is a line without the white space around it.
func rangeOf(path string, number, from int, line string) finding.Range {
	inner := strings.TrimSpace(line)
	skip := strings.Index(line, inner)
	start := finding.Pos{Line: number, Column: 1 + skip, Byte: from + skip}
	end := finding.Pos{Line: number, Column: start.Column + len([]rune(inner)), Byte: start.Byte + len(inner)}
	return finding.Range{Path: path, Start: start, End: end}
}
