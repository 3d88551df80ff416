package python

// levelOf gives how tight a binary operator binds, loosest 1, or 0 for any other
// token.
func (p *parser) levelOf() int {
	if p.tok.kind != operator {
		return 0
	}
	switch p.tok.text {
	case "|":
		return 1
	case "^":
		return 2
	case "&":
		return 3
	case "<<", ">>":
		return 4
	case "+", "-":
		return 5
	case "*", "/", "//", "%", "@":
		return 6
	}
	return 0
}

// binary reads operators that bind tighter than a level.
func (p *parser) binary(above int) *node {
	left := p.factor()
	for {
		op, level := p.tok.text, p.levelOf()
		if level <= above {
			return left
		}
		p.advance()
		right := p.binary(level)
		p.risky = p.risky || left.overflows()
		left = newNode(binaryNode, left, right)
		left.text = op
	}
}

func (p *parser) factor() *node {
	op := p.tok.text
	if p.tok.kind != operator || op != "+" && op != "-" && op != "~" {
		return p.power()
	}
	p.advance()
	p.enter(1, 1)
	n := newNode(unaryNode, p.factor())
	p.leave(1, 1)
	n.text = op
	return n
}

func (p *parser) power() *node {
	if p.is("await") {
		p.abandon()
	}
	n := p.primary()
	if !p.accept("**") {
		return n
	}
	p.enter(2, 2)
	n = newNode(foreignNode, n, p.factor())
	p.leave(2, 2)
	return n
}

func (p *parser) primary() *node {
	n := p.atom()
	for {
		switch {
		case p.accept("."):
			p.name()
			n = newNode(foreignNode, n)
		case p.accept("("):
			n = p.call(n)
		case p.accept("["):
			n = p.subscript(n)
		default:
			return n
		}
	}
}

// keywords are reserved in every version.
var keywords = map[string]bool{
	"False": true, "None": true, "True": true, "and": true, "as": true, "assert": true, "async": true, "await": true,
	"break": true, "class": true, "continue": true, "def": true, "del": true, "elif": true, "else": true, "except": true,
	"finally": true, "for": true, "from": true, "global": true, "if": true, "import": true, "in": true, "is": true,
	"lambda": true, "nonlocal": true, "not": true, "or": true, "pass": true, "raise": true, "return": true, "try": true,
	"while": true, "with": true, "yield": true,
}

func (p *parser) name() string {
	name := p.tok.text
	if p.tok.kind != nameToken || keywords[name] || name == "__peg_parser__" && !p.lexer.ver.AtLeast(10) {
		p.fail(errSyntax)
	}
	p.advance()
	return name
}

func (p *parser) atom() *node {
	switch p.tok.kind {
	case numberToken:
		n := constant(numberValue(p.tok.text))
		p.advance()
		return n
	case stringToken:
		return p.strings()
	case nameToken:
		return p.word()
	}
	switch {
	case p.accept("("):
		return p.parenthesis()
	case p.accept("["):
		return p.list()
	case p.accept("{"):
		return p.braces()
	case p.accept("..."):
		return constant(Ellipsis{})
	}
	p.fail(errSyntax)
	return constant(nil)
}

func (p *parser) word() *node {
	switch {
	case p.accept("None"):
		return constant(nil)
	case p.accept("True"):
		return constant(true)
	case p.accept("False"):
		return constant(false)
	}
	n := &node{kind: nameNode, depth: 1, bare: true}
	n.text = p.name()
	return n
}

// strings joins what stands side by side.
func (p *parser) strings() *node {
	var parts []string
	octets := false
	for p.tok.kind == stringToken {
		v, ok := p.literal()
		if !ok {
			return constant(nil)
		}
		b, isBytes := v.(Bytes)
		if len(parts) > 0 && isBytes != octets {
			p.fail(syntaxError("cannot mix bytes and nonbytes literals"))
		}
		if octets = isBytes; !octets {
			b = Bytes(v.(string))
		}
		parts = append(parts, string(b))
		p.advance()
	}
	return joined(parts, octets)
}
