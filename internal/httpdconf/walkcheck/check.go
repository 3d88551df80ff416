package walkcheck

import (
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/platform"
)

// Kind says what a Problem is. The zero Kind is invalid.
type Kind int

// The kinds of problems.
const (
	InvalidKind      Kind = iota
	UnknownDirective      // no loaded module has it
	WrongPlace            // not in this section, or not outside of sections
	ArgumentCount         // too few or too many arguments, or neither On nor Off
	MissingBracket        // a section's opening tag without `>`
	ErrorDirective        // the Error directive, which is there to be refused
)

// String gives the kind in lower case with hyphens.
func (k Kind) String() string {
	return [...]string{"invalid", "unknown-directive", "wrong-place", "argument-count", "missing-bracket", "error-directive"}[max(0, min(k, ErrorDirective))]
}

// Problem is one command that httpd refuses.
//
// Message is httpd's own, without the help text that it puts behind counts; the
// user's words in it are only names (httpdconf.ShownName) and what Error says. Of an
// UnknownDirective, Modules are the symbols of known modules that would bring it,
// and Near is the known name that was meant, "" if none is near; Sure is false
// where something that cannot be seen here may bring the directive: such problems
// are given only where there is a Near. All others are sure.
type Problem struct {
	Kind    Kind
	Command *httpdconf.Command
	Message string
	Near    string
	Modules []string
	Sure    bool
}

// Options say what the tree does not say itself.
type Options struct {
	// Module is the table of mod_auth_openidc's version. The zero Table stands for
	// all that is known: a directive is refused if no version takes it so.
	Module platform.Table
}

// MaxProblems is how many problems Check gives at most.
const MaxProblems = 10000

// Check gives the problems in the order in which httpd meets them, MaxProblems at
// most.
func Check(tree *httpdconf.Tree, o Options) []Problem {
	w := walker{tree: tree, lookup: newLookup(tree, o.Module)}
	for c := range tree.All() {
		w.leave(c.Parent())
		if len(w.problems) >= MaxProblems {
			break
		}
		w.command(c)
	}
	w.leave(nil)
	return w.problems
}

// walker is one run of Check.
type walker struct {
	tree     *httpdconf.Tree
	lookup   *lookup
	stack    []frame // open sections, outermost first
	problems []Problem
	words    []string // room for the arguments of one command
}

// frame is an open section.
type frame struct {
	section *httpdconf.Command
	within  places // it and the sections around it
	inner   bool   // what stands in it is within a <Directory> or its like
	require bool   // what stands in it is within a <RequireAll> or its like
	vague   bool   // its module decides where commands may stand
	blind   bool   // its module is unknown and may read what it holds by itself
}

func (w *walker) top() frame {
	if len(w.stack) == 0 {
		return frame{}
	}
	return w.stack[len(w.stack)-1]
}

// leave closes the open sections up to the one that holds the next command.
func (w *walker) leave(parent *httpdconf.Command) {
	for len(w.stack) > 0 && w.top().section != parent {
		w.tail(w.top())
		w.stack = w.stack[:len(w.stack)-1]
	}
}

func (w *walker) add(kind Kind, c *httpdconf.Command, message string) {
	if len(w.problems) < MaxProblems {
		w.problems = append(w.problems, Problem{Kind: kind, Command: c, Message: message, Sure: true})
	}
}

// command judges one command, of a section its opening tag.
func (w *walker) command(c *httpdconf.Command) {
	around := w.top()
	e := w.lookup.find(c.Key())
	if c.Section {
		w.stack = append(w.stack, around.with(c, e))
	}
	switch {
	case around.blind, e.state == undecided:
	case e.state == unknown:
		w.unknown(c, e)
	case !around.vague && w.misplaced(c, e, around):
	case c.Section:
		w.tag(c, e)
	case c.Key() == "error":
		w.add(ErrorDirective, c, errorText(c.RawArgs()))
	default:
		w.count(c, e)
	}
}

// errorText is what generate_error of server/core.c makes of the rest of the line.
func errorText(text string) string {
	switch n := len(text); {
	case n == 0:
		return "The Error directive was used with no message."
	case n > 1 && (text[0] == '"' || text[0] == '\'') && text[0] == text[n-1]:
		return text[1 : n-1]
	}
	return text
}

// unknown reports a command that no module has.
func (w *walker) unknown(c *httpdconf.Command, e found) {
	if !e.sure && e.near == "" {
		return
	}
	w.add(UnknownDirective, c, "Invalid command '"+httpdconf.ShownName(c.Key())+
		"', perhaps misspelled or defined by a module not included in the server configuration")
	if p := &w.problems[len(w.problems)-1]; p.Command == c {
		p.Sure, p.Near, p.Modules = e.sure, e.near, e.modules
	}
}
