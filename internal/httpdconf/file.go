package httpdconf

import "github.com/fedstone/fedstone/internal/finding"

// Kind says what a Node is. The zero Kind is invalid.
type Kind int

// The kinds of nodes.
const (
	Invalid   Kind = iota
	Directive      // Name Args
	Section        // <Name Args> Children </Name>
	Comment        // a line that begins with #
	Blank          // an empty line, or one whose name is "", which httpd passes over
	Stray          // a closing tag that closes nothing; httpd refuses the file
)

// String gives the kind's name in lower case.
func (k Kind) String() string {
	names := [...]string{"invalid", "directive", "section", "comment", "blank", "stray"}
	if k < 0 || int(k) >= len(names) {
		return names[Invalid]
	}
	return names[k]
}

// File is one configuration file. Path is the name used in positions.
type File struct {
	Path  string
	Src   []byte
	Nodes []*Node
}

// Node is one logical line of a file, or a section with all that it holds.
//
// At reaches from the first character of the name (the `<` of a section) to the
// end of the last physical line, without its newline. Args are the words as
// ap_getword_conf splits them; RawArgs is what httpd hands to a command that
// takes the rest of the line (Require, RewriteRule, Header, …): backslash-newline
// is removed, outer white space too, and of a section everything from the last
// `>` on. End is the closing tag of a section; it is zero if the section is
// never closed, and for other kinds.
type Node struct {
	Kind     Kind
	Name     string
	Args     []Arg
	RawArgs  string
	Children []*Node
	At       finding.Range
	End      finding.Range

	text    string // physical lines of the node (a section: of its opening tag), newline included
	endText string // the same of a section's closing tag
}

// Arg is one argument. Value is what httpd makes of it, Raw is how it is written,
// quotes included and backslash-newline removed. Variables (${NAME}) are not
// replaced.
type Arg struct {
	Value string
	Raw   string
	At    finding.Range
}

// Values gives the values of a node's arguments.
func (n *Node) Values() []string {
	values := make([]string, len(n.Args))
	for i, a := range n.Args {
		values[i] = a.Value
	}
	return values
}

// Is reports whether the node is a directive or section of that name. httpd
// compares names without case.
func (n *Node) Is(name string) bool {
	return (n.Kind == Directive || n.Kind == Section) && equalFold(n.Name, name)
}
