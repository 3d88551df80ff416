package httpdconf

import (
	"iter"

	"github.com/fedstone/fedstone/internal/finding"
)

// Tree is a whole configuration as httpd has it after reading: files are
// included, macros expanded, variables replaced and conditions decided. Commands
// that httpd executes while it reads (Define, Include, LoadModule, Use, …) are not
// in it, as they are not in httpd's own tree; Sites tells of them.
type Tree struct {
	Sources []*Source // every file that was read, once, in the order of reading
	Modules []string  // symbols of the modules that are loaded at the end, in order
	Defines []string  // names that are defined at the end, sorted

	// Sites are the commands that httpd executes while it reads, in their order,
	// also those of conditions, with what came of them.
	Sites []*Site

	// Refused is the first error in the order of reading, where httpd stops; nil
	// when httpd reads the tree to its end.
	Refused *Refusal

	modules     modules
	first, last *Command
}

// Knows reports whether a loaded module brings a directive or section (which is
// asked for with `<` in front). sure is false when that cannot be told, because
// the directives of some loaded module are unknown, or the tree is only a part.
func (t *Tree) Knows(key string) (known, sure bool) {
	known = t.modules.directives[fold(key)]
	return known, known || !t.modules.blind
}

// Refusal is where httpd stops reading. Line is as httpd counts, see Command.Line.
type Refusal struct {
	finding.Finding
	Unit *Unit
	Line int
}

// Source is one file. Path is how httpd names it; Show how the user knows it,
// which findings have.
type Source struct {
	Path string
	Show string
	Text string
}

// Parse gives the text as it stands, every byte of it; see Parse.
func (s *Source) Parse() (*File, finding.List) { return Parse(s.Show, []byte(s.Text)) }

// Site is one command that httpd executed while it read, such as an Include, a
// Use, a LoadModule or an <IfModule>.
type Site struct {
	Command
	Held bool // of a condition: whether its content was read
}

// Command is one directive or section of a Tree.
//
// RawArgs is what httpd hands to a command that takes the rest of the line; of a
// section it ends before the last `>`. Variables and macro parameters are
// replaced. Name is as written, without the `<` of a section.
type Command struct {
	Name    string
	Section bool

	line string // the arguments as httpd keeps them, a section's `>` included
	key  string // the name in lower case, `<` included
	unit *Unit

	parent, next *Command
	body         *body // nil if it is no section

	from, to int32 // the logical line in its source's text, without newline
	number   int32 // as httpd counts: the last physical line
	start    int32 // the first physical line
}

// body is what a section has besides: what stands in it, and its closing tag.
type body struct {
	first, last *Command
	closing     spot // unit is nil if it is never closed
}

// Unit is one reading of a source: a file may be included several times. Of a
// macro's use, it holds the text after replacing.
type Unit struct {
	// Name is how httpd names it in messages and dumps: the path of a file, or
	// `macro 'x' (defined on line 3 of "/a") used on line 9 of "/b"`.
	Name   string
	Source *Source // nil for a macro's use
	By     *Site   // the Include or Use that brought it; nil for the main file

	text   string   // what is read: a file's text, a macro's lines
	origin []origin // of a macro's lines: where they were written
}

// origin is where a line of a macro stands in the definition.
type origin struct {
	unit     *Unit
	from, to int32
	line     int32
}

// Top gives the commands that stand in no section.
func (t *Tree) Top() iter.Seq[*Command] { return chain(t.first) }

// Children gives the commands of a section in their order.
func (c *Command) Children() iter.Seq[*Command] { return chain(c.first()) }

func (c *Command) first() *Command {
	if c.body == nil {
		return nil
	}
	return c.body.first
}

// Parent gives the section around a command, nil at the top.
func (c *Command) Parent() *Command { return c.parent }

// Unit gives the reading that brought the command.
func (c *Command) Unit() *Unit { return c.unit }

// Line gives the number by which httpd names the command in messages: of a file
// the last physical line, of a macro the line in its content.
func (c *Command) Line() int { return int(c.number) }

// Is reports whether the command has that name, without case.
func (c *Command) Is(name string) bool { return equalFold(c.Name, name) }

func chain(c *Command) iter.Seq[*Command] {
	return func(yield func(*Command) bool) {
		for ; c != nil; c = c.next {
			if !yield(c) {
				return
			}
		}
	}
}

// All gives every command in the order of reading, a section before its content.
func (t *Tree) All() iter.Seq[*Command] {
	return func(yield func(*Command) bool) {
		for c := t.first; c != nil; c = c.after() {
			if !yield(c) {
				return
			}
		}
	}
}

// after gives the command behind this one in the order of reading.
func (c *Command) after() *Command {
	if first := c.first(); first != nil {
		return first
	}
	for c != nil && c.next == nil {
		c = c.parent
	}
	if c == nil {
		return nil
	}
	return c.next
}

// add puts a command behind the others of a section, or at the top.
func (t *Tree) add(parent, c *Command) {
	first, last := &t.first, &t.last
	if parent != nil {
		first, last = &parent.body.first, &parent.body.last
	}
	if *last == nil {
		*first = c
	} else {
		(*last).next = c
	}
	c.parent, *last = parent, c
}
