package python

// stack counts how deep CPython's parser calls itself. How deep exactly hangs on
// rules that are tried in vain, so a least and a most depth are kept. The numbers
// were measured and are the same for 3.9 to 3.13.
type stack struct{ least, most, deepest int }

const (
	stackLimit = 6000 // MAXSTACK of Parser/parser.c
	leastLeaf  = 24   // calls down to a number
	mostLeaf   = 30
	// safeStack is what a second reading, for better messages of syntax errors,
	// does not bring to the limit.
	safeStack = stackLimit * 9 / 10
)

var errMemory error = &Exception{Class: "MemoryError"}

// enter goes down; more than the limit is a MemoryError.
func (p *parser) enter(least, most int) {
	p.stack.least += least
	p.stack.most += most
	p.stack.deepest = max(p.stack.deepest, p.stack.most+mostLeaf)
	if p.stack.least+leastLeaf > stackLimit {
		p.fail(errMemory)
	}
}

func (p *parser) leave(least, most int) {
	p.stack.least -= least
	p.stack.most -= most
}

// doubt is Undecidable where the parser may have given up before it came to the
// result or error at hand.
func (p *parser) doubt() error {
	limit := stackLimit
	if p.err != nil && !p.lexical {
		limit = safeStack
	}
	if p.stack.deepest <= limit || p.err == errMemory {
		return nil
	}
	return undecidable("the text nests about as deep as Python's parser can go")
}
