package oslo

import (
	"strings"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
)

const byteOrderMark = "\ufeff"

// decode looks for what Python cannot decode, and reports whether there are lines
// to read all the same: not in UTF-16 or in what is no text at all.
func (p *parser) decode(text string) bool {
	if first := strings.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }); first >= 0 {
		p.file.NotASCII = one(p.file.Path, text, first)
	}
	if utf8.ValidString(text) {
		return true
	}
	f := p.refuse(NotUTF8, 0, one(p.file.Path, text, firstInvalid(text)))
	binary := strings.Contains(text, "\x00")
	switch {
	case strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff"):
		f.Hint = recode(p.file.Path, "utf-16")
	case !binary:
		f.Hint = recode(p.file.Path, "latin1")
	}
	return !binary
}

func recode(path, from string) string {
	return "iconv -f " + from + " -t utf-8 " + inShell(path) + " > " + inShell(path+".utf8")
}

func firstInvalid(text string) int {
	for i, r := range text {
		if r == utf8.RuneError && !strings.HasPrefix(text[i:], "\ufffd") {
			return i
		}
	}
	return len(text)
}

// one is the range of the character at an offset.
func one(path, text string, offset int) finding.Range {
	_, size := utf8.DecodeRuneInString(text[offset:])
	start := finding.Pos{Line: 1 + strings.Count(text[:offset], "\n"), Byte: offset}
	start.Column = 1 + utf8.RuneCountInString(text[1+strings.LastIndexByte(text[:offset], '\n'):offset])
	end := start
	end.Column++
	end.Byte += size
	return finding.Range{Path: path, Start: start, End: end}
}

// marked reads the first line behind its byte order mark. oslo.config takes the
// mark for the beginning of a key, so that the line is an assignment or nothing.
func (p *parser) marked(l line) {
	rest := strings.TrimLeft(l.text, byteOrderMark)
	mark := len(l.text) - len(rest)
	reason, number := NoAssignment, l.number
	if strings.ContainsAny(rest, ":=") {
		reason, number = NoSection, p.flushLine(l.number)
	}
	p.refuseMark(reason, number, l.span(p.file.Path, 0, mark))
	p.line(line{text: rest, start: l.pos(mark), number: l.number})
}

func (p *parser) refuseMark(reason Reason, number int, at finding.Range) {
	f := p.refuse(reason, number, at)
	f.Slug = "oslo-encoding"
	f.Message = "the file begins with a byte order mark, which oslo.config takes for the first character of a key"
	f.Hint = `sed -i '1s/^\xef\xbb\xbf//' ` + inShell(p.file.Path)
	f.Fix = &finding.Fix{Title: "remove the byte order mark", Edits: []finding.Edit{{At: at}}}
}

// flushLine is the number of the line at which an assignment at line number ends.
func (p *parser) flushLine(number int) int {
	ahead := p.lines
	for l, ok := ahead.next(); ok; l, ok = ahead.next() {
		number = l.number
		if !l.indented() {
			break
		}
	}
	return number
}
