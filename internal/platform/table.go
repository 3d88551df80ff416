package platform

import (
	"cmp"
	"slices"
	"strings"
)

// ArgKind says how a directive takes its arguments (http_config.h, cmd_how). The
// zero ArgKind is invalid.
type ArgKind int

// The kinds, named as httpd names them.
const (
	InvalidKind ArgKind = iota
	NoArgs              // none
	Take1               // exactly one
	Take2               // exactly two
	Take12              // one or two
	Take3               // exactly three
	Take23              // two or three
	Take123             // one to three
	Take13              // one or three
	Iterate             // one or more, each a value of its own
	Iterate2            // one, and then one or more
	Flag                // On or Off
	Raw                 // the rest of the line, read by the module itself
)

// Many is the MaxArgs of a directive without a limit.
const Many = -1

// Limits gives the least and the most arguments of a kind.
func (k ArgKind) Limits() (least, most int) {
	limits := map[ArgKind][2]int{
		NoArgs: {0, 0}, Take1: {1, 1}, Take2: {2, 2}, Take12: {1, 2}, Take3: {3, 3}, Take23: {2, 3},
		Take123: {1, 3}, Take13: {1, 3}, Iterate: {1, Many}, Iterate2: {2, Many}, Flag: {1, 1}, Raw: {0, Many},
	}
	return limits[k][0], limits[k][1]
}

// Directive is one directive of mod_auth_openidc.
//
// Server says whether it may stand at server level and in a virtual host;
// Directory whether it may also stand in <Location>, <Directory>, <Files>, <If>.
// Since and Until are the first and the last tabled version that has it; empty
// where it is as old as the oldest table, or still there in the newest.
type Directive struct {
	Name              string
	Kind              ArgKind
	MinArgs, MaxArgs  int
	Server, Directory bool
	Since, Until      string
}

// Table is the directives of one version of the module. The zero Table is empty.
type Table struct {
	Version    string // 2.4.12.3
	Program    string // the package that was asked
	directives []Directive
}

// Lookup finds a directive without regard to case, as httpd does.
func (t Table) Lookup(name string) (Directive, bool) {
	folded := strings.ToLower(name)
	i, ok := slices.BinarySearchFunc(t.directives, folded, func(d Directive, name string) int {
		return cmp.Compare(strings.ToLower(d.Name), name)
	})
	if !ok {
		return Directive{}, false
	}
	return t.directives[i], true
}

// All lists the directives, sorted by name without case. The slice is a copy.
func (t Table) All() []Directive { return slices.Clone(t.directives) }

// Len gives the number of directives.
func (t Table) Len() int { return len(t.directives) }

func (t Table) without(drop func(name string) bool) Table {
	t.directives = slices.DeleteFunc(t.All(), func(d Directive) bool { return drop(d.Name) })
	return t
}
