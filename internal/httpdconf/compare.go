package httpdconf

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/secret"
)

// Difference is one thing that two files do not have in common.
//
// Sections are the sections around it, outermost first, as `Location /v3`. At is
// its place in the second file; where something is missing there, its place in
// the first. Message shows no argument of a directive that is Secret.
type Difference struct {
	Sections []string
	At       finding.Range
	Message  string
}

// String gives place, sections and message on one line.
func (d Difference) String() string {
	in := ""
	if len(d.Sections) > 0 {
		in = "in <" + strings.Join(d.Sections, "> <") + ">: "
	}
	return fmt.Sprintf("%s: %s%s", d.At, in, d.Message)
}

// Compare tells in what got differs from want: directive by directive in order,
// argument by argument. Names are compared without case, arguments exactly.
// Comments, blank lines, indentation and the way of quoting do not count.
func Compare(want, got *File) []Difference {
	c := comparison{levels: []level{{want: want.Nodes, got: got.Nodes}}}
	for len(c.levels) > 0 {
		c.step()
	}
	return c.found
}

// level is a pair of sections under comparison: what is left of their children.
type level struct {
	section   *Node // of got; nil for the file itself
	want, got []*Node
}

type comparison struct {
	levels []level
	found  []Difference
}

// window is how far ahead a missing directive is looked for before what stands
// there counts as strange; it keeps the comparison of foreign files linear.
const window = 64

// step compares the next pair of nodes of the innermost level.
func (c *comparison) step() {
	l := &c.levels[len(c.levels)-1]
	l.want, l.got = significant(l.want), significant(l.got)
	w, g := head(l.want), head(l.got)
	switch {
	case w == nil && g == nil:
		c.levels = c.levels[:len(c.levels)-1]
	case same(w, g):
		l.want, l.got = l.want[1:], l.got[1:]
		c.pair(w, g)
	case g == nil || w != nil && !soon(w, l.got):
		l.want = l.want[1:]
		c.differ(w.At, describe(w)+" is missing")
	default:
		l.got = l.got[1:]
		c.differ(g.At, describe(g)+" is not expected here")
	}
}

// pair compares two nodes of one name, and goes into sections.
func (c *comparison) pair(w, g *Node) {
	if len(w.Args) != len(g.Args) {
		c.differ(g.At, fmt.Sprintf("%s has %d arguments, expected %d", describe(g), len(g.Args), len(w.Args)))
	}
	for i := range min(len(w.Args), len(g.Args)) {
		if w.Args[i].Value != g.Args[i].Value {
			c.differ(g.Args[i].At, fmt.Sprintf("argument %d of %s %s", i+1, describe(g), values(g.Name, w.Args[i].Value, g.Args[i].Value)))
		}
	}
	if g.Kind == Section {
		c.levels = append(c.levels, level{section: g, want: w.Children, got: g.Children})
	}
}

// values tells two values apart without showing secrets.
func values(name, want, got string) string {
	if Secret(name) {
		return "differs (its value is not shown)"
	}
	var redact secret.Redactor // masks what is shaped like a token
	return fmt.Sprintf("is %s, expected %s", redact.Redact(fmt.Sprintf("%.200q", got)), redact.Redact(fmt.Sprintf("%.200q", want)))
}

func (c *comparison) differ(at finding.Range, message string) {
	c.found = append(c.found, Difference{Sections: c.sections(), At: at, Message: message})
}

// sections names the sections around the innermost level, at most sixteen.
func (c *comparison) sections() []string {
	var names []string
	for _, l := range c.levels[1:min(len(c.levels), 17)] {
		names = append(names, finding.Printable(strings.TrimSpace(l.section.Name+" "+l.section.RawArgs)))
	}
	return names
}

func describe(n *Node) string {
	name := finding.Printable(n.Name)
	switch n.Kind {
	case Section:
		return "section <" + name + ">"
	case Stray:
		return "closing tag </" + name + ">"
	default:
		return "directive " + name
	}
}

// significant leaves out comments and blanks from the beginning.
func significant(nodes []*Node) []*Node {
	for len(nodes) > 0 && (nodes[0].Kind == Comment || nodes[0].Kind == Blank) {
		nodes = nodes[1:]
	}
	return nodes
}

func head(nodes []*Node) *Node {
	if len(nodes) == 0 {
		return nil
	}
	return nodes[0]
}

func same(a, b *Node) bool {
	return a != nil && b != nil && a.Kind == b.Kind && equalFold(a.Name, b.Name)
}

// soon reports whether a node of the same name stands within the window.
func soon(n *Node, nodes []*Node) bool {
	for _, other := range nodes[:min(len(nodes), window)] {
		if same(n, other) {
			return true
		}
	}
	return false
}
