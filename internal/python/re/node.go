package re

import "slices"

// kind is an operator of Python's parse tree (re/_constants.py).
type kind int

const (
	kindLiteral kind = iota
	kindNotLiteral
	kindIn
	kindAny
	kindAt
	kindBranch
	kindRepeat
	kindGroup
	kindAtomic
	kindAssert
	kindRef
	kindCond
)

// place is where an assertion without look-around holds.
type place int

const (
	atBeginning place = iota // ^
	atEnd                    // $
	atStringStart
	atStringEnd
	atBoundary
	atNonBoundary
)

type mode int

const (
	greedy mode = iota
	lazy
	possessive
)

// unbounded is the max of a repeat without one.
const unbounded = -1

type itemKind int

const (
	itemChar itemKind = iota
	itemRange
	itemDigit
	itemSpace
	itemWord
)

// item is a member of a character set. not turns a category round.
type item struct {
	kind   itemKind
	not    bool
	lo, hi rune
}

// node is one operator with its operands. Subs are a branch's alternatives, a conditional's yes and no, or the one
// body that everything else has.
type node struct {
	kind     kind
	ch       rune
	negate   bool // of a set, or of a look-around
	items    []item
	at       place
	min, max int
	mode     mode
	group    int // 0: does not capture
	add, del flags
	behind   bool
	narrowed flags // see narrowFirst; 0: not narrowed
	subs     []sequence
}

type sequence []node

// same is Python's equality of parse tree entries: those with a body are equal only to themselves.
func (n node) same(m node) bool {
	return n.kind == m.kind && n.subs == nil && m.subs == nil && n.ch == m.ch && n.negate == m.negate &&
		n.at == m.at && n.group == m.group && slices.Equal(n.items, m.items)
}

// plain tells a group that is there for the brackets alone.
func (n node) plain() bool {
	return n.kind == kindGroup && n.group == 0 && n.add == 0 && n.del == 0
}
