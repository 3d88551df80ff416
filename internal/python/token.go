package python

import (
	"strings"
	"unicode/utf8"
)

type tokenKind int

const (
	endToken tokenKind = iota
	newlineToken
	nameToken
	numberToken
	stringToken
	operator
)

type token struct {
	kind tokenKind
	text string
}

// lexer is the tokenizer of Parser/tokenizer.c, as far as an expression goes.
// Every error is a SyntaxError.
type lexer struct {
	src      string // "\n" ends a line
	at       int
	ver      Version
	brackets []byte // open ones, innermost last
	inLine   bool   // a token of this logical line was given
	indented bool   // blanks stand in front of the logical line
	fixed    bool   // a backslash has decided whether it is indented
}

// maxBrackets is MAXLEVEL.
const maxBrackets = 200

var errSyntax = &Exception{Class: "SyntaxError", Message: "invalid syntax"}

func syntaxError(format string, args ...any) error { return raise("SyntaxError", format, args...) }

// next gives the next token. At the source's end it ends the line first.
func (l *lexer) next() (token, error) {
	if err := l.skip(); err != nil {
		return token{}, err
	}
	if l.at == len(l.src) {
		return l.end()
	}
	if l.indented && !l.inLine {
		return token{}, syntaxError("unexpected indent")
	}
	c := l.src[l.at]
	if c == '\n' {
		l.lineEnd()
		l.inLine = false
		return token{kind: newlineToken}, nil
	}
	l.inLine = true
	switch {
	case c >= utf8.RuneSelf || isNameStart(rune(c), l.ver):
		return l.word()
	case c >= '0' && c <= '9', c == '.' && l.digitAt(l.at+1):
		return l.number()
	case c == '"' || c == '\'':
		return l.quoted(l.at)
	}
	return l.operator()
}

func (l *lexer) end() (token, error) {
	if len(l.brackets) > 0 {
		return token{}, syntaxError("'%c' was never closed", l.brackets[len(l.brackets)-1])
	}
	if l.inLine {
		l.inLine = false
		return token{kind: newlineToken}, nil
	}
	if l.indented {
		return token{}, syntaxError("unexpected indent")
	}
	return token{kind: endToken}, nil
}

func (l *lexer) digitAt(i int) bool {
	return i < len(l.src) && l.src[i] >= '0' && l.src[i] <= '9'
}

// word reads a name, a keyword, or a string that has a prefix.
func (l *lexer) word() (token, error) {
	begin := l.at
	for l.at < len(l.src) {
		r, size := decodeRune(l.src[l.at:])
		if r < utf8.RuneSelf && !isNamePart(r, l.ver) {
			break
		}
		l.at += size
	}
	word := l.src[begin:l.at]
	if l.at < len(l.src) && (l.src[l.at] == '"' || l.src[l.at] == '\'') && isPrefix(word) {
		return l.quoted(begin)
	}
	if err := l.checkName(word); err != nil {
		return token{}, err
	}
	return token{nameToken, word}, nil
}

func (l *lexer) checkName(word string) error {
	for i := 0; i < len(word); {
		r, size := decodeRune(word[i:])
		if i == 0 && !isNameStart(r, l.ver) || !isNamePart(r, l.ver) {
			return syntaxError("invalid character %q", r)
		}
		i += size
	}
	return nil
}

func isPrefix(word string) bool {
	switch strings.ToLower(word) {
	case "r", "u", "b", "f", "br", "rb", "fr", "rf":
		return true
	}
	return false
}

// quoted reads a string; its prefix begins at begin.
func (l *lexer) quoted(begin int) (token, error) {
	quote := l.src[l.at : l.at+1]
	if strings.HasPrefix(l.src[l.at:], quote+quote+quote) {
		quote += quote + quote
	}
	for l.at += len(quote); l.at < len(l.src); l.at++ {
		switch {
		case strings.HasPrefix(l.src[l.at:], quote):
			l.at += len(quote)
			return token{stringToken, l.src[begin:l.at]}, nil
		case l.src[l.at] == '\\':
			l.at++
		case l.src[l.at] == '\n' && len(quote) == 1:
			return token{}, syntaxError("unterminated string literal")
		}
	}
	return token{}, syntaxError("unterminated string literal")
}

// operators stand by their length.
var operators = [...]string{
	3: "**= //= >>= <<= ...",
	2: "== != <= >= -> += -= *= /= %= &= |= ^= @= := ** // >> << <>",
	1: "( ) [ ] { } , : . ; @ = + - * / % & | ^ ~ < >",
}

// operator reads the longest that begins here.
func (l *lexer) operator() (token, error) {
	for size := min(3, len(l.src)-l.at); size > 0; size-- {
		op := l.src[l.at : l.at+size]
		if strings.Contains(operators[size], op) && strings.IndexByte(op, ' ') < 0 {
			l.at += size
			return token{operator, op}, l.bracket(op[0])
		}
	}
	return token{}, errSyntax
}

// bracket keeps account of the open brackets.
func (l *lexer) bracket(c byte) error {
	switch c {
	case '(', '[', '{':
		if len(l.brackets) >= maxBrackets {
			return syntaxError("too many nested parentheses")
		}
		l.brackets = append(l.brackets, c)
	case ')', ']', '}':
		last := len(l.brackets) - 1
		if last < 0 || l.brackets[last] != c-1 && l.brackets[last] != c-2 {
			return syntaxError("unmatched '%c'", c)
		}
		l.brackets = l.brackets[:last]
	}
	return nil
}
