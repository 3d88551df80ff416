package re

// op is an operator of an expr.
type op int

const (
	opSet    op = iota // one character
	opCat              // one after the other
	opAlt              // any of them, the first before the second
	opRepeat           // the only sub, min to max times
	opLook             // look-ahead or look-behind
	opAtomic           // no way back into it
	opGroup            // captures: only groups that something refers to are left
	opRef              // what a group has captured
	opCond             // the first sub when a group has captured, else the second
	opPlace            // an assertion without a body
)

// position is a place, with what flags make of it.
type position int

const (
	atStart         position = iota
	atLineStart              // after a line feed, too
	atStop                   // the end, or before the line feed that is the last character
	atLineStop               // the end, or before any line feed
	atVeryEnd                // the end
	atWordEdge               // \b
	atNoWordEdge             // \B: never in an empty string
	atASCIIWordEdge          // the same with the flag a
	atNoASCIIWordEdge
)

// expr is a pattern free of flags: every character is a set, every choice is explicit.
type expr struct {
	op       op
	set      set
	place    position
	min, max int
	mode     mode
	group    int
	behind   bool
	not      bool
	fold     folds
	subs     []*expr
}

// folds is how a back-reference compares.
type folds int

const (
	foldNone folds = iota
	foldASCII
	foldUnicode
)

// walk visits an expression and all below.
func (e *expr) walk(visit func(*expr)) {
	visit(e)
	for _, sub := range e.subs {
		sub.walk(visit)
	}
}

// any tells whether an expression or one below is as asked.
func (e *expr) any(is func(*expr) bool) (found bool) {
	e.walk(func(e *expr) { found = found || is(e) })
	return found
}

// regular tells whether the expression is a regular language (with assertions of place), so that every engine gives
// the same answer to "is there a match".
func (e *expr) regular() bool {
	return !e.any(func(e *expr) bool {
		switch e.op {
		case opLook, opAtomic, opGroup, opRef, opCond:
			return true
		}
		return e.op == opRepeat && e.mode == possessive
	})
}
