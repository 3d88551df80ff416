package python

import "strings"

// skip passes over blanks, comments, continued lines, and line ends that mean
// nothing: inside of brackets, and of lines without a token.
func (l *lexer) skip() error {
	for l.at < len(l.src) {
		switch l.src[l.at] {
		case ' ', '\t', '\f':
			l.blank()
		case '#':
			l.comment()
		case '\n':
			if l.inLine && len(l.brackets) == 0 {
				return nil
			}
			l.lineEnd()
		case '\\':
			if err := l.continued(); err != nil {
				return err
			}
		default:
			return nil
		}
	}
	return nil
}

func (l *lexer) lineEnd() {
	l.at++
	l.indented, l.fixed = false, false
}

// blank counts as indentation at a line's beginning; a form feed sets it back.
func (l *lexer) blank() {
	if !l.inLine && !l.fixed {
		l.indented = l.src[l.at] != '\f'
	}
	l.at++
}

func (l *lexer) comment() {
	end := strings.IndexByte(l.src[l.at:], '\n')
	if end < 0 {
		l.at, l.indented = len(l.src), false
		return
	}
	l.at += end
}

// continued passes over a backslash and its line end. In front of a line's first
// token the blanks up to it are the indentation; before 3.10 there is none then.
func (l *lexer) continued() error {
	if !strings.HasPrefix(l.src[l.at:], "\\\n") {
		return syntaxError("unexpected character after line continuation character")
	}
	l.at += 2
	if l.at == len(l.src) {
		return syntaxError("unexpected EOF while parsing")
	}
	if !l.inLine && !l.fixed {
		l.indented = l.indented && l.ver.AtLeast(10)
		l.fixed = l.indented || !l.ver.AtLeast(10)
	}
	return nil
}
