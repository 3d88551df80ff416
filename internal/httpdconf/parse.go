package httpdconf

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// Parse reads one file. It always gives a tree, the best there is, and findings
// for what httpd refuses (errors) or reads otherwise than it looks (warnings).
// path names the file in positions; it is not opened. src is kept, not copied.
func Parse(path string, src []byte) (*File, finding.List) {
	p := parser{file: &File{Path: path, Src: src}, src: string(src), open: map[string]int{}}
	r := reader{src: p.src, line: 1}
	var spans []span
	for l, ok := r.next(spans); ok; l, ok = r.next(spans) {
		spans = l.spans
		p.line(&l)
	}
	p.finish()
	p.found.Sort()
	return p.file, p.found
}

type parser struct {
	file  *File
	src   string
	stack []*Node        // open sections, outermost first
	open  map[string]int // how many sections of a (folded) name are open
	words []Arg
	found finding.List
}

func (p *parser) line(l *logical) {
	text := strings.TrimRight(l.text, spaces)
	start := skipSpace(text, 0)
	loc := newLocator(p.src, l)
	n := &Node{text: p.src[l.from:l.to]}
	n.At = finding.Range{Path: p.file.Path, Start: loc.at(start)}
	if text == "" {
		n.At.Start = startOf(l.spans[0]) // a blank has no first character
	}
	tail := loc
	n.At.End = tail.end()
	if l.nul {
		p.nul(n.At.Start)
	}
	if len(l.text) > maxLine {
		p.tooLong(n.At.Start)
	}
	p.node(n, text, start, &loc)
}

// node decides what a line is. text is without trailing white space, start is
// the offset of its first character.
func (p *parser) node(n *Node, text string, start int, loc *locator) {
	w, next, ok := nextWord(text, start)
	switch {
	case !ok:
		p.plain(n, Blank)
	case text[start] == '#':
		p.plain(n, Comment)
	case w.value == "":
		p.nameless(n.At.Start)
		p.plain(n, Blank)
	case strings.HasPrefix(w.value, "</"):
		p.closing(n, w.value, next < len(text))
	default:
		p.command(n, w, text, next, loc)
	}
}

func (p *parser) plain(n *Node, kind Kind) {
	n.Kind = kind
	p.add(n)
}

func (p *parser) add(n *Node) {
	if len(p.stack) == 0 {
		p.file.Nodes = append(p.file.Nodes, n)
		return
	}
	parent := p.stack[len(p.stack)-1]
	parent.Children = append(parent.Children, n)
}

// command reads a directive or the opening tag of a section.
func (p *parser) command(n *Node, w word, text string, next int, loc *locator) {
	n.Kind, n.Name = Directive, commandName(w.value)
	if n.Name != "" && n.Name[0] == '<' {
		n.Kind, n.Name = Section, n.Name[1:]
		text = p.opening(n, text, next)
	}
	next = min(next, len(text))
	n.RawArgs = strings.TrimRight(text[next:], spaces)
	p.args(n, text, next, loc)
	p.add(n)
	if n.Kind == Section {
		p.stack = append(p.stack, n)
		p.open[fold(n.Name)]++
	}
}

// commandName takes one `>` from the end of a name, as httpd does for every line,
// not for sections alone.
func commandName(name string) string {
	if len(name) > 1 && name[1] == '/' {
		return name
	}
	return strings.TrimSuffix(name, ">")
}

// opening gives the line up to the last `>`, where a section's arguments end.
// Without arguments the bracket may be missing; with them httpd refuses.
func (p *parser) opening(n *Node, text string, next int) string {
	if next >= len(text) {
		return text
	}
	i := strings.LastIndexByte(text[next:], '>')
	if i < 0 {
		p.noBracket(n)
		return text
	}
	if next+i+1 < len(text) {
		p.behindOpening(n)
	}
	return text[:next+i]
}

// args reads the words of a line. They are gathered in a slice that is used
// again, so that each node's own has its exact length.
func (p *parser) args(n *Node, text string, next int, loc *locator) {
	p.words = p.words[:0]
	for w, after, ok := nextWord(text, next); ok; w, after, ok = nextWord(text, after) {
		at := finding.Range{Path: p.file.Path, Start: loc.at(w.from), End: loc.after(w.to)}
		p.words = append(p.words, Arg{Value: w.value, Raw: text[w.from:w.to], At: at})
		if w.open {
			p.openQuote(at)
		}
	}
	n.Args = slices.Clone(p.words)
}
