package spec

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
	"gopkg.in/yaml.v3"
)

// yaml.v3 says where a node begins, not where it ends; the end is found here by
// reading the source again in the node's style.

// of gives the range of a node.
func (s *source) of(n *yaml.Node) finding.Range {
	from := s.at(n.Line, n.Column).Byte
	return s.span(from, s.end(n))
}

// end gives the byte after a node.
func (s *source) end(n *yaml.Node) int {
	from := s.at(n.Line, n.Column).Byte
	switch n.Kind {
	case yaml.ScalarNode:
		return s.scalarEnd(n, from)
	case yaml.AliasNode:
		return min(from+1+len(n.Value), len(s.text))
	default:
		return s.collectionEnd(n, from)
	}
}

func (s *source) collectionEnd(n *yaml.Node, from int) int {
	to := from
	if len(n.Content) > 0 {
		to = max(from, s.end(n.Content[len(n.Content)-1]))
	}
	if n.Style&yaml.FlowStyle == 0 {
		return to
	}
	closing := byte('}')
	if n.Kind == yaml.SequenceNode {
		closing = ']'
	}
	if i := bytes.IndexByte(s.text[to:], closing); i >= 0 {
		return to + i + 1
	}
	return to
}

func (s *source) scalarEnd(n *yaml.Node, from int) int {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return s.quoteEnd(from, '"')
	case n.Style&yaml.SingleQuotedStyle != 0:
		return s.quoteEnd(from, '\'')
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return s.blockEnd(s.pos(from).Line)
	default:
		return s.plainEnd(from, n.Value)
	}
}

// quoteEnd gives the byte after a quoted scalar. A tag or anchor may stand before
// the quote.
func (s *source) quoteEnd(from int, quote byte) int {
	i := bytes.IndexByte(s.text[from:], quote)
	if i < 0 {
		return from
	}
	for i += from + 1; i < len(s.text); i++ {
		switch {
		case quote == '"' && s.text[i] == '\\':
			i++
		case s.text[i] != quote:
		case quote == '\'' && i+1 < len(s.text) && s.text[i+1] == quote:
			i++
		default:
			return i + 1
		}
	}
	return len(s.text)
}

// blockEnd gives the byte after a literal or folded scalar whose header is on the
// line: the lines that follow and are blank or indented deeper belong to it.
func (s *source) blockEnd(header int) int {
	last, depth := header, indent(s.line(header))
	for number := header + 1; number <= len(s.starts); number++ {
		line := s.line(number)
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if indent(line) <= depth {
			break
		}
		last = number
	}
	return s.starts[last-1] + len(s.line(last))
}

func indent(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }

// plainEnd follows an unquoted scalar through the source. Where a line break was
// folded, white space of the source stands for one blank or more of the value.
func (s *source) plainEnd(from int, value string) int {
	at := from
	for value != "" && at < len(s.text) {
		word := len(value)
		if i := strings.IndexAny(value, " \t\n"); i >= 0 {
			word = i
		}
		if !bytes.HasPrefix(s.text[at:], []byte(value[:word])) {
			return s.wordEnd(from)
		}
		at += word
		value = strings.TrimLeft(value[word:], " \t\n")
		if value != "" {
			at += len(s.text[at:]) - len(bytes.TrimLeft(s.text[at:], " \t\r\n"))
		}
	}
	return at
}

// wordEnd is the answer where the source does not look like the value (after a
// tag or anchor, which are refused anyway): one character.
func (s *source) wordEnd(from int) int {
	_, size := utf8.DecodeRune(s.text[from:])
	return from + size
}
