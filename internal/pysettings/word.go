package pysettings

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word reads a name, a keyword, or a string that has a prefix.
func (l *lexer) word() {
	s, length := l.rest(), 0
	for length < len(s) && (nameStart(s[length]) || s[length] >= '0' && s[length] <= '9') {
		length++
	}
	if length < len(s) && (s[length] == '"' || s[length] == '\'') && stringPrefix(s[:length]) {
		l.quoted(length)
		return
	}
	if at := strings.IndexFunc(s[:length], foreign); at >= 0 {
		l.advance(at)
		l.refuseCharacter()
		return
	}
	l.add(nameToken, length)
}

func stringPrefix(word string) bool {
	switch strings.ToLower(word) {
	case "r", "u", "b", "f", "br", "rb", "fr", "rf":
		return true
	}
	return false
}

// foreign reports a character that is in no name for certain, such as quotes,
// dashes and blanks that a word processor has put there.
func foreign(r rune) bool {
	return r >= utf8.RuneSelf && !strings.ContainsRune(otherIDs, r) && !unicode.Is(unicode.Pc, r) &&
		unicode.In(r, unicode.P, unicode.S, unicode.Z, unicode.Cc, unicode.Cf)
}

// otherIDs are marks that may be in names nevertheless: Other_ID_Start and
// Other_ID_Continue of Unicode's PropList.txt.
const otherIDs = "\u00b7\u0387\u200c\u200d\u2118\u212e\u309b\u309c\u30fb\uff65"

func (l *lexer) refuseCharacter() {
	r, size := utf8.DecodeRuneInString(l.rest())
	hint := "remove it"
	switch {
	case unicode.In(r, unicode.Pi, unicode.Pf), r == '„', r == '‚':
		hint = `use plain quotes: "`
	case unicode.In(r, unicode.Zs):
		hint = "use a plain blank"
	}
	l.refuse(l.at, size, fmt.Sprintf("the character %U is in no Python name or operator", r), hint)
}

// operators of Python, by their length.
var operators = [...]string{
	3: " **= //= >>= <<= ... ",
	2: " == != <= >= -> += -= *= /= %= &= |= ^= @= := ** // >> << ",
	1: " ( ) [ ] { } , : . ; @ = + - * / % & | ^ ~ < > ",
}

// operator reads the longest that begins here.
func (l *lexer) operator() {
	s := l.rest()
	for size := min(3, len(s)); size > 0; size-- {
		if strings.Contains(operators[size], " "+s[:size]+" ") {
			l.add(operatorToken, size)
			l.bracket(len(l.tokens) - 1)
			return
		}
	}
	l.refuseCharacter()
}

// maxBrackets is MAXLEVEL.
const maxBrackets = 200

// bracket keeps account of the open brackets and joins the halves.
func (l *lexer) bracket(i int) {
	t := &l.tokens[i]
	switch t.text {
	case "(", "[", "{":
		if len(l.open) >= maxBrackets {
			l.refuseAt(t.start, t.end, "brackets are nested too deep", "")
		}
		l.open = append(l.open, i)
	case ")", "]", "}":
		l.close(i)
	}
}

func (l *lexer) close(i int) {
	t := &l.tokens[i]
	if len(l.open) == 0 {
		l.refuseAt(t.start, t.end, "'"+t.text+"' closes nothing", "remove it")
		return
	}
	opener := l.open[len(l.open)-1]
	if want := closing(l.tokens[opener].text); want != t.text {
		l.refuseAt(t.start, t.end, fmt.Sprintf("'%s' cannot close '%s' of line %d, '%s' was expected", t.text, l.tokens[opener].text, l.tokens[opener].start.Line, want), "")
		return
	}
	l.open = l.open[:len(l.open)-1]
	l.tokens[opener].match, t.match = i, opener
}

func closing(bracket string) string {
	return map[string]string{"(": ")", "[": "]", "{": "}"}[bracket]
}
