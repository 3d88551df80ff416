package re

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/python"
)

// token is one character of a pattern, or a backslash and the character after it. The zero token is the end.
type token struct {
	ch            rune
	escape, exist bool
}

func (t token) is(ch rune) bool { return t.exist && !t.escape && t.ch == ch }

func (t token) in(set string) bool {
	return t.exist && !t.escape && strings.ContainsRune(set, t.ch)
}

func (t token) width() int {
	switch {
	case !t.exist:
		return 0
	case t.escape:
		return 2
	}
	return 1
}

func (t token) String() string {
	switch {
	case !t.exist:
		return ""
	case t.escape:
		return `\` + string(t.ch)
	}
	return string(t.ch)
}

const (
	digits    = "0123456789"
	octDigits = "01234567"
	hexDigits = "0123456789abcdefABCDEF"
)

// source hands out a pattern's tokens (Tokenizer in CPython's re/_parser.py). It looks one token ahead, and raises
// the error of a lone last backslash when it does.
type source struct {
	text  []rune
	index int
	next  token
}

func newSource(pattern string) *source {
	s := &source{text: []rune(pattern)}
	s.advance()
	return s
}

func (s *source) advance() {
	s.next = token{}
	if s.index >= len(s.text) {
		return
	}
	ch := s.text[s.index]
	s.index++
	if ch != '\\' {
		s.next = token{ch: ch, exist: true}
		return
	}
	if s.index >= len(s.text) {
		s.index--
		s.raiseAt(len(s.text)-1, "bad escape (end of pattern)")
	}
	s.next = token{ch: s.text[s.index], escape: true, exist: true}
	s.index++
}

func (s *source) get() token {
	this := s.next
	s.advance()
	return this
}

func (s *source) match(ch rune) bool {
	if !s.next.is(ch) {
		return false
	}
	s.advance()
	return true
}

// while takes at most n tokens of the given set.
func (s *source) while(n int, set string) string {
	var b strings.Builder
	for ; n > 0 && s.next.in(set); n-- {
		b.WriteRune(s.get().ch)
	}
	return b.String()
}

// until takes a name up to its end, which is consumed.
func (s *source) until(end rune, what string) string {
	var b strings.Builder
	n := 0
	for {
		this := s.get()
		switch {
		case !this.exist && n == 0:
			s.raise(0, "missing %s", what)
		case !this.exist:
			s.raise(n, "missing %c, unterminated name", end)
		case this.is(end) && n == 0:
			s.raise(1, "missing %s", what)
		case this.is(end):
			return b.String()
		}
		b.WriteString(this.String())
		n += this.width()
	}
}

func (s *source) tell() int { return s.index - s.next.width() }

func (s *source) seek(index int) {
	s.index = index
	s.advance()
}

// raised carries an error up to parse: the way of Python's own parser.
type raised struct{ err error }

// raise gives up with re.error, whose position lies back characters before the next token.
func (s *source) raise(back int, format string, args ...any) {
	s.raiseAt(s.tell()-back, format, args...)
}

func (s *source) raiseAt(at int, format string, args ...any) {
	message := fmt.Sprintf(format, args...) + fmt.Sprintf(" at position %d", at)
	if before := s.text[:min(max(at, 0), len(s.text))]; strings.ContainsRune(string(s.text), '\n') {
		line, column := 1, at+1
		for i, ch := range before {
			if ch == '\n' {
				line, column = line+1, at-i
			}
		}
		message += fmt.Sprintf(" (line %d, column %d)", line, column)
	}
	panic(raised{&python.Exception{Class: "error", Message: message}})
}

func raiseException(class, message string) {
	panic(raised{&python.Exception{Class: class, Message: message}})
}

func giveUp(format string, args ...any) {
	panic(raised{&python.Undecidable{Reason: fmt.Sprintf(format, args...)}})
}
