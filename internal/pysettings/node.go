package pysettings

type nodeKind int

const (
	foreignNode nodeKind = iota // an expression that is not modelled
	stringNode                  // one or more string tokens
	numberNode
	constantNode // True, False, None
	nameNode
	tupleNode
	listNode
	setNode
	dictNode      // items: key, value, key, value …
	callNode      // items: what is called, positional arguments
	attributeNode // items: of what; text: its name
	indexNode     // items: of what, index
	unaryNode     // text: not, -
	binaryNode    // text: and, or, an operator or a comparison
	ternaryNode   // items: then, condition, else
)

// node is an expression. from and to bound its tokens.
type node struct {
	kind     nodeKind
	text     string
	items    []*node
	from, to int
}

// expressions parses a file's expressions.
type expressions struct {
	tokens []token
}

// list reads what may stand behind an "=": an expression, or several as a tuple.
func (x expressions) list(from, to int) *node {
	if !x.any(from, to, ",") {
		return x.one(from, to)
	}
	items, ok := x.items(from, to)
	if !ok {
		return &node{from: from, to: to}
	}
	return &node{kind: tupleNode, items: items, from: from, to: to}
}

// any reports a token at this level of brackets.
func (x expressions) any(from, to int, words ...string) bool {
	for i := from; i < to; i = beyond(x.tokens, i) {
		for _, word := range words {
			if x.tokens[i].is(word) {
				return true
			}
		}
	}
	return false
}

// items reads expressions with commas between them. It reports false for what is
// no plain list of them: comprehensions, arguments by name, stars.
func (x expressions) items(from, to int) ([]*node, bool) {
	if x.any(from, to, "for", "lambda", "*", "**", "=", ":=", "yield") && !x.plainStars(from, to) {
		return nil, false
	}
	items := []*node{}
	begin := from
	for i := from; i <= to; i = beyond(x.tokens, i) {
		if i < to && !x.tokens[i].is(",") {
			continue
		}
		if begin < i {
			items = append(items, x.one(begin, i))
		} else if i < to {
			return nil, false
		}
		begin = i + 1
	}
	return items, true
}

// plainStars reports stars that multiply, and nothing else that makes no list.
func (x expressions) plainStars(from, to int) bool {
	if x.any(from, to, "for", "lambda", "**", "=", ":=", "yield") {
		return false
	}
	for i := from; i < to; i = beyond(x.tokens, i) {
		if x.tokens[i].is("*") && (i == from || x.tokens[i-1].is(",")) {
			return false
		}
	}
	return true
}

// one reads one expression; what is not modelled becomes foreign as a whole.
func (x expressions) one(from, to int) *node {
	p := parser{expressions: x, at: from, to: to}
	n := p.ternary()
	if p.failed || p.at != to {
		return &node{from: from, to: to}
	}
	return n
}
