package python

// stack counts how deep CPython's parser calls itself. How deep exactly hangs on
// rules that are tried in vain, so a least and a most depth are kept. The numbers
// were measured and are the same for 3.9 to 3.13.
type stack struct{ least, most int }

const (
	stackLimit = 6000 // MAXSTACK of Parser/parser.c
	leastLeaf  = 24   // calls down to a number
	mostLeaf   = 30
)

// enter goes down; more than the limit is a MemoryError.
func (p *parser) enter(least, most int) {
	p.stack.least += least
	p.stack.most += most
	switch {
	case p.stack.least+leastLeaf > stackLimit:
		p.fail(raise("MemoryError", ""))
	case p.stack.most+mostLeaf > stackLimit && p.open == nil:
		p.open = undecidable("the text nests about as deep as Python's parser can go")
	}
}

func (p *parser) leave(least, most int) {
	p.stack.least -= least
	p.stack.most -= most
}
