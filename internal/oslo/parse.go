package oslo

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// Parse reads one file (BaseParser.parse of oslo_config/iniparser.py, ConfigParser
// of oslo_config/cfg.py). The findings are what oslo.config refuses, not only
// the first; behind each the file is read as it was most likely meant.
func Parse(path string, src []byte) (*File, finding.List) {
	p := &parser{file: &File{Path: path}, lines: lines{rest: string(src), at: finding.Pos{Line: 1, Column: 1}}}
	if !p.decode(p.lines.rest) {
		return p.file, p.found
	}
	for l, ok := p.lines.next(); ok; l, ok = p.lines.next() {
		p.last = l.number
		p.line(l)
	}
	p.flush(p.last)
	return p.file, p.found
}

type parser struct {
	file  *File
	lines lines
	found finding.List
	last  int // the number of the last line

	pending  *assignment
	inside   bool // a section has begun
	homeless bool // there is no section, and it was told
	loose    bool // in a block of lines that are refused, and it was told
	indented int  // of such a block that is indented: how many findings there are with its own
}

// assignment is one that may be continued.
type assignment struct {
	value Value
	more  []string // the lines that continue it
}

func (p *parser) line(l line) {
	switch {
	case l.text == "":
		p.flush(l.number)
	case !l.indented():
		p.flush(l.number)
		p.loose = p.loose && p.indented == 0
		p.content(l)
	case p.pending != nil && !p.loose:
		p.resume(l)
	default:
		p.astray(l)
	}
}

// resume adds a line to the pending value.
func (p *parser) resume(l line) {
	from, to := l.trim(0, len(l.text))
	p.pending.more = append(p.pending.more, l.text[from:to])
	p.pending.value.At.End = l.pos(to)
}

// astray reads an indented line that continues nothing as if it were not indented.
func (p *parser) astray(l line) {
	from, to := l.trim(0, len(l.text))
	if !p.loose {
		p.refuseLine(Continuation, l, from)
		p.indented = len(p.found)
		p.found[p.indented-1].Fix = &finding.Fix{Title: "remove the white space in front of the comment"}
	}
	p.dedent(l, from)
	p.flush(l.number)
	p.content(line{text: l.text[from:to], start: l.pos(from), number: l.number})
	p.loose = true
}

// content reads a line that is no continuation.
func (p *parser) content(l line) {
	if l.number == 1 && strings.HasPrefix(l.text, byteOrderMark) {
		p.marked(l)
		return
	}
	switch {
	case l.text[0] == '[':
		p.header(l)
	case isComment(l.text):
		from, to := l.trim(1, len(l.text))
		p.file.Comments = append(p.file.Comments, Comment{Text: l.text[from:to], At: l.span(p.file.Path, 0, to)})
	default:
		p.assign(l)
	}
}

func (p *parser) header(l line) {
	at := l.span(p.file.Path, 0, len(l.text))
	name, closed := strings.CutSuffix(l.text[1:], "]")
	switch {
	case !closed:
		p.openHeader(l, at)
		name, _, _ = strings.Cut(name, "]")
	case name == "":
		p.refuse(EmptySection, l.number, at)
	}
	p.loose = false
	p.inside, p.homeless = name != "", name == ""
	if p.inside {
		p.file.Sections = append(p.file.Sections, Section{Name: name, At: at})
	}
}

// assign splits at the first ':' or '='.
func (p *parser) assign(l line) {
	sign := strings.IndexAny(l.text, ":=")
	if sign < 0 {
		p.refuseLine(NoAssignment, l, 0)
		return
	}
	keyFrom, keyTo := l.trim(0, sign)
	if keyFrom == keyTo {
		p.refuseLine(EmptyKey, l, 0)
		return
	}
	from, to := l.trim(sign+1, len(l.text))
	p.loose = false
	p.pending = &assignment{value: Value{
		Key: l.text[keyFrom:keyTo], Text: unquote(l.text[from:to]),
		KeyAt: l.span(p.file.Path, keyFrom, keyTo), At: l.span(p.file.Path, from, to),
	}}
}

// unquote takes quotes off as iniparser does: of a quote that stands alone, too.
func unquote(text string) string {
	if text == "" || text[0] != '"' && text[0] != '\'' || text[len(text)-1] != text[0] {
		return text
	}
	return text[1:max(1, len(text)-1)]
}

// flush ends the pending assignment; number is the line at which oslo.config does.
func (p *parser) flush(number int) {
	if p.pending == nil {
		return
	}
	v := p.pending.value
	if p.pending.more != nil {
		v.Text += "\n" + strings.Join(p.pending.more, "\n")
	}
	p.pending = nil
	p.keep(v, number)
}

func (p *parser) keep(v Value, number int) {
	if !p.inside {
		if !p.homeless {
			p.refuse(NoSection, number, v.KeyAt)
		}
		p.homeless = true
		return
	}
	section := &p.file.Sections[len(p.file.Sections)-1]
	v.Section = section.Name
	section.Values = append(section.Values, v)
}
