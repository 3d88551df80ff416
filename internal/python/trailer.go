package python

import "unicode/utf8"

// call reads the arguments of a call. Only set() is a literal.
func (p *parser) call(callee *node) *node {
	if p.accept(")") {
		return p.bareCall(callee)
	}
	items := []*node{callee}
	last := positional
	for {
		var arg *node
		arg, last = p.argument(last)
		items = append(items, arg)
		if !p.accept(",") || p.is(")") {
			p.expect(")")
			return newNode(foreignNode, items...)
		}
	}
}

func (p *parser) bareCall(callee *node) *node {
	switch {
	case callee.kind == nameNode && callee.text == "set":
		return newNode(emptySetNode)
	case callee.kind == nameNode && !isASCII(callee.text) && utf8.RuneCountInString(callee.text) <= len("set"):
		p.open = undecidable("whether %q is normalized to \"set\" is not known here", callee.text)
	}
	return newNode(foreignNode, callee)
}

type argumentKind int

const (
	positional argumentKind = iota
	keyword
	unpacked // **
)

// argument reads an argument, which may follow one of kind last.
func (p *parser) argument(last argumentKind) (*node, argumentKind) {
	switch {
	case p.accept("**"):
		return p.element(p.expression, 24, 30), unpacked
	case p.is("*") && last != unpacked:
		p.advance()
		return newNode(starredNode, p.element(p.expression, 24, 30)), last
	}
	n := p.element(p.named, 24, 30)
	if n.bare && p.accept("=") {
		return p.element(p.expression, 24, 30), max(last, keyword)
	}
	if last != positional {
		p.fail(syntaxError("positional argument follows keyword argument"))
	}
	return n, positional
}

func (p *parser) subscript(n *node) *node {
	items := []*node{n}
	for {
		items = append(items, p.slice()...)
		if !p.accept(",") || p.is("]") {
			p.expect("]")
			return newNode(foreignNode, items...)
		}
	}
}

// slice is [a]:[b]:[c], or one expression.
func (p *parser) slice() []*node {
	var items []*node
	if !p.is(":") {
		first := p.index()
		items = append(items, first)
		if first.kind == starredNode || first.kind == walrusNode {
			return items
		}
	}
	for colons := 0; colons < 2 && p.accept(":"); colons++ {
		if !p.is(":") && !p.is(",") && !p.is("]") {
			items = append(items, p.element(p.expression, 24, 30))
		}
	}
	return items
}

func (p *parser) index() *node {
	ver := p.lexer.ver
	switch {
	case p.is("*") && !ver.AtLeast(11):
		p.fail(errSyntax)
	case !ver.AtLeast(10):
		return p.element(p.expression, 24, 30)
	}
	return p.element(p.starOrNamed, 24, 30)
}
