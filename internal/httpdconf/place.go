package httpdconf

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
)

// RawArgs is what httpd hands to a command that takes the rest of the line:
// variables and macro parameters are replaced. Of a section it ends before the
// last `>`.
func (c *Command) RawArgs() string {
	line := c.line
	if c.Section {
		if end := strings.LastIndexByte(line, '>'); end >= 0 {
			line = line[:end]
		}
	}
	return strings.TrimRight(line, spaces)
}

// RawLine is what httpd keeps of the line behind the name, as its dumps show it.
func (c *Command) RawLine() string { return c.line }

// Key is the name in lower case, of a section with `<` in front.
func (c *Command) Key() string { return c.key }

// Argv splits RawArgs into words as httpd does for commands that take words.
func (c *Command) Argv() []string { return slices.Collect(c.Args()) }

// Args gives the words of Argv one by one.
func (c *Command) Args() iter.Seq[string] {
	return func(yield func(string) bool) {
		line := c.RawArgs()
		for w, next, ok := nextWord(line, 0); ok && yield(w.value); w, next, ok = nextWord(line, next) {
		}
	}
}

// At is where the command is written, from the first character of its name (the
// `<` of a section) to the end of its last physical line. Of a macro's command it
// is the line in the macro's definition; Chain tells of its use.
func (c *Command) At() finding.Range { return place(c.unit, c.from, c.to, c.start) }

// EndAt is a section's closing tag; zero if it is never closed.
func (c *Command) EndAt() finding.Range {
	if c.body == nil || c.body.closing.unit == nil {
		return finding.Range{}
	}
	at := c.body.closing
	return place(at.unit, at.from, at.to, at.start)
}

// Chain tells what brought the command, the innermost first: the Include of its
// file, the Use of its macro, and what brought those.
func (c *Command) Chain() []finding.Related { return c.unit.chain() }

// maxChain is how many includes a finding tells of.
const maxChain = 16

func (u *Unit) chain() []finding.Related {
	var out []finding.Related
	for ; u.By != nil && len(out) < maxChain; u = u.By.unit {
		message := "included here"
		if u.Source == nil {
			message = "the macro is used here"
		}
		out = append(out, finding.Related{Message: message, At: u.By.At()})
	}
	return out
}

func (r *read) at() finding.Range { return place(r.unit, r.from, r.to, r.start) }

// place finds the file of a line, through the macros that brought it, and gives
// its range without white space in front.
func place(u *Unit, from, to, line int32) finding.Range {
	for u.Source == nil {
		o := u.origin[line-1]
		u, from, to, line = o.unit, o.from, o.to, o.line
	}
	start := finding.Pos{Line: int(line), Column: 1, Byte: int(from)}
	text := u.text[from:to]
	if skip := skipSpace(text, 0); skip < len(text) {
		start = move(start, text[:skip])
		text = text[skip:]
	}
	return finding.Range{Path: u.Source.Show, Start: start, End: move(start, text)}
}

// move gives the place behind a text.
func move(p finding.Pos, text string) finding.Pos {
	p.Byte += len(text)
	if lines := strings.Count(text, "\n"); lines > 0 {
		p.Line += lines
		p.Column = 1
		text = text[strings.LastIndexByte(text, '\n')+1:]
	}
	p.Column += utf8.RuneCountInString(text)
	return p
}
