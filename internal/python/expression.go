package python

// expressions is a rule of the grammar, as are the functions below.
func (p *parser) expressions() *node {
	first := p.expression()
	if !p.is(",") {
		return first
	}
	items := []*node{first}
	for p.accept(",") {
		if p.tok.kind == newlineToken {
			break
		}
		items = append(items, p.expression())
	}
	return newNode(tupleNode, items...)
}

func (p *parser) expression() *node {
	if p.is("lambda") {
		p.abandon()
	}
	then := p.disjunction()
	if !p.accept("if") {
		return then
	}
	condition := p.disjunction()
	p.expect("else")
	p.enter(1, 1)
	otherwise := p.expression()
	p.leave(1, 1)
	return newNode(foreignNode, then, condition, otherwise)
}

func (p *parser) named() *node {
	n := p.expression()
	if n.bare && p.accept(":=") {
		return newNode(walrusNode, n, p.expression())
	}
	return n
}

func (p *parser) starOrNamed() *node {
	if p.accept("*") {
		return newNode(starredNode, p.binary(0))
	}
	return p.named()
}

func (p *parser) disjunction() *node { return p.chain("or", p.conjunction) }

func (p *parser) conjunction() *node { return p.chain("and", p.inversion) }

func (p *parser) chain(keyword string, operand func() *node) *node {
	n := operand()
	if !p.is(keyword) {
		return n
	}
	items := []*node{n}
	for p.accept(keyword) {
		items = append(items, operand())
	}
	return newNode(foreignNode, items...)
}

func (p *parser) inversion() *node {
	if !p.accept("not") {
		return p.comparison()
	}
	p.enter(1, 1)
	n := newNode(foreignNode, p.inversion())
	p.leave(1, 1)
	return n
}

func (p *parser) comparison() *node {
	n := p.binary(0)
	if !p.comparing() {
		return n
	}
	items := []*node{n, p.binary(0)}
	for p.comparing() {
		items = append(items, p.binary(0))
	}
	return newNode(foreignNode, items...)
}

// comparing takes a comparison's operator.
func (p *parser) comparing() bool {
	if p.tok.kind != operator && p.tok.kind != nameToken {
		return false
	}
	switch p.tok.text {
	case "==", "!=", "<=", ">=", "<", ">", "in":
		p.advance()
	case "is":
		p.advance()
		p.accept("not")
	case "not":
		p.advance()
		p.expect("in")
	default:
		return false
	}
	return true
}
