package pysettings

// parser reads an expression from a run of tokens, as far as it is modelled.
type parser struct {
	expressions
	at, to int
	depth  int
	links  int // operators of this expression
	failed bool
}

// maxDepth and maxLinks keep away from what makes Python itself give up.
const (
	maxDepth = 100
	maxLinks = 500
)

func (p *parser) take(words ...string) (string, bool) {
	if p.failed || p.at >= p.to {
		return "", false
	}
	for _, word := range words {
		if p.tokens[p.at].is(word) {
			p.at++
			return word, true
		}
	}
	return "", false
}

// join makes a node of all tokens since from, brackets around operands included.
func (p *parser) join(from int, kind nodeKind, text string, items ...*node) *node {
	if p.links++; p.links > maxLinks {
		p.failed = true
	}
	return &node{kind: kind, text: text, items: items, from: from, to: p.at}
}

// deeper reads one level down, to a limit.
func (p *parser) deeper(read func() *node) *node {
	if p.depth++; p.depth > maxDepth {
		p.failed = true
		return &node{}
	}
	n := read()
	p.depth--
	return n
}

func (p *parser) ternary() *node {
	from := p.at
	n := p.or()
	if _, ok := p.take("if"); !ok {
		return n
	}
	condition := p.or()
	if _, ok := p.take("else"); !ok {
		p.failed = true
		return n
	}
	return p.join(from, ternaryNode, "", n, condition, p.deeper(p.ternary))
}

func (p *parser) or() *node { return p.chain(p.and, "or") }

func (p *parser) and() *node { return p.chain(p.not, "and") }

// chain reads operators that bind to the left.
func (p *parser) chain(operand func() *node, words ...string) *node {
	from := p.at
	n := operand()
	for {
		word, ok := p.take(words...)
		if !ok {
			return n
		}
		n = p.join(from, binaryNode, word, n, operand())
	}
}

func (p *parser) not() *node {
	from := p.at
	if _, ok := p.take("not"); !ok {
		return p.comparison()
	}
	return p.join(from, unaryNode, "not", p.deeper(p.not))
}

// comparison reads one; a chain of them is not modelled.
func (p *parser) comparison() *node {
	from := p.at
	n := p.sum()
	word, ok := p.take("==", "!=", "in", "is", "not")
	if !ok {
		return n
	}
	switch _, more := p.take("not", "in"); {
	case more && word == "is":
		word = "is not"
	case more && word == "not":
		word = "not in"
	case more || word == "not":
		p.failed = true
	}
	return p.join(from, binaryNode, word, n, p.sum())
}

func (p *parser) sum() *node { return p.chain(p.product, "+", "-") }

func (p *parser) product() *node { return p.chain(p.unary, "*", "%") }

func (p *parser) unary() *node {
	from := p.at
	if _, ok := p.take("-"); !ok {
		return p.trailers()
	}
	return p.join(from, unaryNode, "-", p.deeper(p.unary))
}

func (p *parser) trailers() *node {
	from := p.at
	n := p.atom()
	for !p.failed && p.at < p.to {
		switch t := p.tokens[p.at]; {
		case t.is("."):
			n = p.attribute(from, n)
		case t.is("("):
			n = p.call(from, n)
		case t.is("["):
			n = p.index(from, n)
		default:
			return n
		}
	}
	return n
}

func (p *parser) attribute(from int, of *node) *node {
	p.at++
	if p.at >= p.to || !p.tokens[p.at].identifier() {
		p.failed = true
		return of
	}
	p.at++
	return p.join(from, attributeNode, p.tokens[p.at-1].text, of)
}

func (p *parser) call(from int, function *node) *node {
	arguments, ok := p.items(p.inside())
	p.failed = p.failed || !ok
	return p.join(from, callNode, "", append([]*node{function}, arguments...)...)
}

func (p *parser) index(from int, of *node) *node {
	begin, end := p.inside()
	if begin == end || p.any(begin, end, ":", ",", ":=") {
		p.failed = true
		return of
	}
	return p.join(from, indexNode, "", of, p.one(begin, end))
}

// inside steps over the bracket that stands here, and gives what it holds.
func (p *parser) inside() (from, to int) {
	from, to = p.at+1, p.tokens[p.at].match
	p.at = to + 1
	return from, to
}
