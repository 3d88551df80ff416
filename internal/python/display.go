package python

import "strings"

// literal gives the value of a string token; false after an error, or for an
// f-string.
func (p *parser) literal() (any, bool) {
	text := p.tok.text
	if strings.ContainsAny(text[:strings.IndexAny(text, `'"`)], "fF") {
		p.abandon()
		return nil, false
	}
	v, open, err := decodeLiteral(text)
	if err != nil {
		p.fail(err)
		return nil, false
	}
	if open != nil {
		p.open = open
	}
	return v, true
}

func joined(parts []string, octets bool) *node {
	text := parts[0]
	if len(parts) > 1 {
		text = strings.Join(parts, "")
	}
	if octets {
		return constant(Bytes(text))
	}
	return constant(text)
}

// element reads one item of a display whose bracket takes the calls given. What
// follows a first item takes one call more.
func (p *parser) element(item func() *node, least, most int) *node {
	p.enter(least, most)
	n := item()
	p.leave(least, most)
	if p.is("for") || p.is("async") {
		p.abandon()
	}
	return n
}

func (p *parser) items(first *node, closing string) []*node {
	items := []*node{first}
	for p.accept(",") {
		if p.is(closing) {
			break
		}
		items = append(items, p.element(p.starOrNamed, 30, 30))
	}
	p.expect(closing)
	return items
}

func (p *parser) parenthesis() *node {
	if p.accept(")") {
		return newNode(tupleNode)
	}
	if p.is("yield") {
		p.abandon()
	}
	first := p.element(p.starOrNamed, 28, 29)
	if p.is(",") {
		return newNode(tupleNode, p.items(first, ")")...)
	}
	if first.kind == starredNode {
		p.fail(errSyntax)
	}
	p.expect(")")
	return grouped(first)
}

// grouped is a node in parentheses: no longer what may stand in front of := and =.
func grouped(n *node) *node {
	n.bare = false
	if n.kind == walrusNode {
		n.kind = foreignNode
	}
	return n
}

func (p *parser) list() *node {
	if p.accept("]") {
		return newNode(listNode)
	}
	return newNode(listNode, p.items(p.element(p.starOrNamed, 29, 29), "]")...)
}

func (p *parser) braces() *node {
	if p.accept("}") {
		return newNode(dictNode)
	}
	if p.is("**") {
		return p.dict(nil)
	}
	first := p.element(p.starOrNamed, 29, 30)
	if p.is(":") && first.kind != starredNode && first.kind != walrusNode {
		return p.dict(first)
	}
	items := p.items(first, "}")
	for _, item := range items {
		p.risky = p.risky || item.unhashable()
	}
	return newNode(setNode, items...)
}

// dict reads on behind its first key, or at its first **.
func (p *parser) dict(key *node) *node {
	var items []*node
	for {
		if key == nil {
			key = p.key()
		}
		if key.kind != starredNode {
			p.expect(":")
			items = append(items, key, p.element(p.expression, 29, 30))
			p.risky = p.risky || key.unhashable()
		} else {
			items = append(items, key, constant(nil))
		}
		key = nil
		if !p.accept(",") || p.is("}") {
			p.expect("}")
			return newNode(dictNode, items...)
		}
	}
}

func (p *parser) key() *node {
	if p.accept("**") {
		return newNode(starredNode, p.element(func() *node { return p.binary(0) }, 28, 30))
	}
	return p.element(p.expression, 29, 30)
}
