package pysettings

import "github.com/fedstone/fedstone/internal/finding"

// indent is a line's indentation with tabs as wide as eight blanks, and as one:
// Python wants both to compare alike.
type indent struct{ columns, alternative int }

// maxIndents is MAXINDENT.
const maxIndents = 100

// indentation reads to the first token of the next logical line. It reports false
// at the end of the text.
func (l *lexer) indentation() bool {
	for l.at.Byte < len(l.src) {
		here := l.blanks()
		switch {
		case l.at.Byte == len(l.src):
			return false
		case l.src[l.at.Byte] == '#':
			l.advance(lineLength(l.rest()))
		case breakLength(l.rest()) > 0:
			l.advance(breakLength(l.rest()))
		case l.src[l.at.Byte] == '\\':
			l.opaque = "a line begins with a backslash, which Pythons read differently"
			return false
		default:
			l.indent(here)
			return l.ok()
		}
	}
	return false
}

func (l *lexer) blanks() (here indent) {
	for l.at.Byte < len(l.src) {
		switch l.src[l.at.Byte] {
		case ' ':
			here.columns, here.alternative = here.columns+1, here.alternative+1
		case '\t':
			here.columns, here.alternative = (here.columns/8+1)*8, here.alternative+1
		case '\f':
			here = indent{}
		default:
			return here
		}
		l.advance(1)
	}
	return here
}

func (l *lexer) indent(here indent) {
	top := l.indents[len(l.indents)-1]
	if here.columns > top.columns {
		l.deeper(here, top)
		return
	}
	for here.columns < top.columns {
		l.indents = l.indents[:len(l.indents)-1]
		top = l.indents[len(l.indents)-1]
		l.mark(dedentToken)
	}
	switch {
	case here.columns != top.columns:
		l.refuseLine("the indentation matches no line above", "indent the line as its block is")
	case here.alternative != top.alternative:
		l.refuseTabs()
	}
}

func (l *lexer) deeper(here, top indent) {
	switch last := len(l.tokens) - 2; {
	case len(l.indents) >= maxIndents:
		l.refuseLine("blocks are nested too deep", "")
	case here.alternative <= top.alternative:
		l.refuseTabs()
	case last < 0 || !l.tokens[last].is(":"):
		l.refuseLine("the line is indented, but no block begins in front of it", "remove the blanks at the line's beginning")
	default:
		l.indents = append(l.indents, here)
		l.mark(indentToken)
	}
}

func (l *lexer) refuseTabs() {
	l.refuseLine("tabs and blanks are mixed, so that the indentation is not certain", "indent with blanks only")
}

// refuseLine puts a problem on the blanks at the line's beginning.
func (l *lexer) refuseLine(message, hint string) {
	l.refuseAt(finding.Pos{Line: l.at.Line, Column: 1, Byte: l.at.Byte - (l.at.Column - 1)}, l.at, message, hint)
}
