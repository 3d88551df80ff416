package pysettings

import "github.com/fedstone/fedstone/internal/finding"

// slug names the one rule of this package.
const slug = "python-syntax"

// refuse notes that Python does not read so many bytes from a place on.
func (l *lexer) refuse(start finding.Pos, length int, message, hint string) {
	l.at = start
	l.advance(length)
	l.refuseAt(start, l.at, message, hint)
}

// refuseAt keeps the first problem: what follows comes from it.
func (l *lexer) refuseAt(start, end finding.Pos, message, hint string) {
	if l.problem != nil {
		return
	}
	l.problem = &finding.Finding{
		Slug: slug, Severity: finding.Error, Message: message, Hint: hint,
		At: finding.Range{Path: l.path, Start: start, End: end},
	}
}

// adjacent refuses a value right behind a value: nothing in Python's grammar puts
// them so, but strings behind strings, and what begins with a soft keyword.
func (l *lexer) adjacent(t token) {
	if len(l.tokens) == 0 || !l.inLine {
		return
	}
	last := l.tokens[len(l.tokens)-1]
	if last.kind == stringToken && t.kind == stringToken || !endsValue(last, len(l.open) > 0) || !beginsValue(t) {
		return
	}
	if len(l.open) > 0 {
		l.refuseAt(t.start, t.end, "a value stands right behind another one, where a comma was expected", "put a comma between them")
		return
	}
	l.refuseAt(t.start, t.end, "a value stands right behind another one, where an operator or the line's end was expected", "")
}

// endsValue reports a token that ends a value for certain. A name does only inside
// of brackets, elsewhere it may be a soft keyword, and t one of the prefixes of
// strings that later Pythons have.
func endsValue(t token, inside bool) bool {
	switch t.kind {
	case stringToken:
		return true
	case numberToken:
		return digitsOnly(t.text)
	case nameToken:
		return constant(t.text) || inside && !keyword(t.text) && len(t.text) > 2
	}
	return t.kind == operatorToken && (t.text == ")" || t.text == "]" || t.text == "}")
}

func beginsValue(t token) bool {
	switch t.kind {
	case stringToken, numberToken:
		return true
	case nameToken:
		return constant(t.text) || !keyword(t.text)
	}
	return t.text == "{"
}

func digitsOnly(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
