package pysettings

import (
	"strings"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
)

// lexer is the tokenizer of Parser/tokenizer.c. It stops at the first text that
// Python refuses (problem), or that Pythons read differently (opaque).
type lexer struct {
	path    string
	src     string
	at      finding.Pos
	tokens  []token
	open    []int    // the places of open brackets, innermost last
	indents []indent // innermost last; the first is no indentation
	inLine  bool     // this logical line has a token
	problem *finding.Finding
	opaque  string
}

func (l *lexer) run() {
	l.indents = []indent{{}}
	l.at = finding.Pos{Line: 1, Column: 1}
	if strings.HasPrefix(l.src, "\ufeff") {
		l.at.Byte = len("\ufeff")
	}
	for l.ok() && l.indentation() {
		l.line()
	}
	if l.ok() {
		l.end()
	}
}

func (l *lexer) ok() bool { return l.problem == nil && l.opaque == "" }

func (l *lexer) rest() string { return l.src[l.at.Byte:] }

// line reads the tokens up to the end of the logical line.
func (l *lexer) line() {
	for l.ok() && l.at.Byte < len(l.src) {
		switch c := l.src[l.at.Byte]; {
		case c == ' ' || c == '\t' || c == '\f':
			l.advance(1)
		case c == '#':
			l.advance(lineLength(l.rest()))
		case c == '\n' || c == '\r':
			l.newline()
			if len(l.open) == 0 {
				return
			}
		case c == '\\':
			l.continued()
		default:
			l.token(c)
		}
	}
}

func (l *lexer) token(c byte) {
	l.inLine = true
	switch {
	case nameStart(c):
		l.word()
	case c >= '0' && c <= '9', c == '.' && len(l.rest()) > 1 && l.rest()[1] >= '0' && l.rest()[1] <= '9':
		l.add(numberToken, numberLength(l.rest()))
	case c == '"' || c == '\'':
		l.quoted(0)
	default:
		l.operator()
	}
}

func nameStart(c byte) bool {
	return c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= utf8.RuneSelf
}

// numberLength takes all that may belong to a number; python.LiteralEval judges.
func numberLength(s string) int {
	i, hex := 0, len(s) > 1 && s[1]|0x20 == 'x'
	for i < len(s) && (s[i] == '.' || s[i] >= '0' && s[i] <= '9' || nameStart(s[i]) && s[i] < utf8.RuneSelf) {
		exponent := s[i]|0x20 == 'e' && !hex
		i++
		if exponent && i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
	}
	return i
}

// advance moves on by so many bytes.
func (l *lexer) advance(bytes int) {
	for end := l.at.Byte + bytes; l.at.Byte < end; {
		c, size := l.src[l.at.Byte], 1
		switch {
		case c == '\n', c == '\r' && !strings.HasPrefix(l.src[l.at.Byte+1:], "\n"):
			l.at.Line, l.at.Column = l.at.Line+1, 1
		case c < utf8.RuneSelf:
			l.at.Column++
		default:
			_, size = utf8.DecodeRuneInString(l.src[l.at.Byte:])
			l.at.Column++
		}
		l.at.Byte += size
	}
}

func (l *lexer) add(kind tokenKind, length int) {
	t := token{kind: kind, text: l.rest()[:length], start: l.at, match: -1}
	l.advance(length)
	t.end = l.at
	l.adjacent(t)
	l.tokens = append(l.tokens, t)
}

// mark adds a token without text.
func (l *lexer) mark(kind tokenKind) {
	l.tokens = append(l.tokens, token{kind: kind, start: l.at, end: l.at, match: -1})
}

func (l *lexer) newline() {
	if l.inLine && len(l.open) == 0 {
		l.mark(newlineToken)
		l.inLine = false
	}
	l.advance(breakLength(l.rest()))
}

// breakLength gives the length of the line end that a text begins with, or 0.
func breakLength(s string) int {
	switch {
	case strings.HasPrefix(s, "\r\n"):
		return 2
	case s != "" && (s[0] == '\n' || s[0] == '\r'):
		return 1
	}
	return 0
}

func lineLength(s string) int {
	if i := strings.IndexAny(s, "\r\n"); i >= 0 {
		return i
	}
	return len(s)
}

// continued passes over a backslash and its line end.
func (l *lexer) continued() {
	start := l.at
	width := breakLength(l.rest()[1:])
	switch {
	case width == 0:
		l.refuse(start, 1, "a backslash continues a line and must be its last character", "remove the backslash, or what follows it")
	case l.at.Byte+1+width == len(l.src):
		l.refuse(start, 1, "a backslash continues a line that is not there", "remove the backslash")
	default:
		l.advance(1 + width)
	}
}

func (l *lexer) end() {
	if len(l.open) > 0 {
		bracket := l.tokens[l.open[len(l.open)-1]]
		l.refuseAt(bracket.start, bracket.end, "'"+bracket.text+"' was never closed", "add "+closing(bracket.text))
		return
	}
	if l.inLine {
		l.mark(newlineToken)
	}
	for range l.indents[1:] {
		l.mark(dedentToken)
	}
	l.mark(endToken)
}
