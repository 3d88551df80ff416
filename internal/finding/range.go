package finding

import "fmt"

// Pos is a place in a text. Line and Column count from 1, Column in characters
// (Unicode code points); Byte is the offset from 0. The zero Pos is unknown.
type Pos struct {
	Line   int
	Column int
	Byte   int
}

// Known reports whether the position says anything.
func (p Pos) Known() bool { return p.Line > 0 }

// Range is a piece of a file: Start is included, End is not. An empty Path means
// the text has no name; a zero Start means the whole file.
type Range struct {
	Path  string
	Start Pos
	End   Pos
}

// String gives `path:line:column`, leaving out what is unknown. The path is made
// printable, since whoever names a file may not write to the terminal.
func (r Range) String() string {
	path := Printable(r.Path)
	if path == "" {
		path = "<input>"
	}
	if !r.Start.Known() {
		return path
	}
	return fmt.Sprintf("%s:%d:%d", path, r.Start.Line, r.Start.Column)
}
