package httpdconf

import (
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

// Words splits RawArgs into words as httpd does, each with its place. Where
// variables or macro parameters were replaced, a word has the place of the
// written word that it came from, or, if the replacing made other words of the
// line, that of the whole command.
func (c *Command) Words() []Arg {
	args := []Arg{}
	line := c.RawArgs()
	for w, next, ok := nextWord(line, 0); ok; w, next, ok = nextWord(line, next) {
		args = append(args, Arg{Value: w.value, Raw: line[w.from:w.to]})
	}
	places := c.written(len(args))
	for i := range args {
		args[i].At = places[i]
	}
	return args
}

// written gives the places of the words behind the name, as they are written.
func (c *Command) written(count int) []finding.Range {
	at := c.At()
	places := make([]finding.Range, 0, count)
	for _, n := range c.parsed() {
		for _, a := range n.Args {
			places = append(places, a.At)
		}
	}
	if len(places) == count {
		return places
	}
	places = places[:0]
	for range count {
		places = append(places, at)
	}
	return places
}

// parsed reads the command's line as it is written.
func (c *Command) parsed() []*Node {
	u, from, to, line := c.unit, c.from, c.to, c.start
	for u.Source == nil {
		o := u.origin[line-1]
		u, from, to, line = o.unit, o.from, o.to, o.line
	}
	l, ok := (&reader{src: u.text[:lineEnd(u.text, int(to))], at: int(from), line: int(line)}).next(nil)
	if !ok {
		return nil
	}
	p := parser{file: &File{Path: u.Source.Show}, src: u.text, open: map[string]int{}}
	p.line(&l)
	return p.file.Nodes
}

// lineEnd is the offset behind a line's newline.
func lineEnd(text string, at int) int {
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(text)
}
