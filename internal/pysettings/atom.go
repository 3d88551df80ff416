package pysettings

func (p *parser) atom() *node {
	if p.failed || p.at >= p.to {
		p.failed = true
		return &node{}
	}
	from, t := p.at, p.tokens[p.at]
	switch {
	case t.kind == stringToken:
		for p.at < p.to && p.tokens[p.at].kind == stringToken {
			p.at++
		}
		return &node{kind: stringNode, from: from, to: p.at}
	case t.kind == numberToken:
		p.at++
		return &node{kind: numberNode, from: from, to: p.at}
	case t.kind == nameToken:
		return p.word(t)
	case t.is("("), t.is("["), t.is("{"):
		return p.display(t.text)
	}
	p.failed = true
	return &node{}
}

func (p *parser) word(t token) *node {
	p.at++
	n := &node{kind: nameNode, text: t.text, from: p.at - 1, to: p.at}
	switch {
	case constant(t.text):
		n.kind = constantNode
	case keyword(t.text):
		p.failed = true
	}
	return n
}

// display reads what stands in brackets. A display that is not modelled is
// foreign, but its surroundings are not.
func (p *parser) display(bracket string) *node {
	whole := &node{from: p.at}
	from, to := p.inside()
	whole.to = p.at
	switch {
	case bracket == "(" && from < to && !p.any(from, to, ","):
		return p.one(from, to)
	case bracket == "{" && (from == to || p.any(from, to, ":")):
		return p.dict(whole, from, to)
	}
	items, ok := p.items(from, to)
	if !ok {
		return whole
	}
	whole.items = items
	whole.kind = map[string]nodeKind{"(": tupleNode, "[": listNode, "{": setNode}[bracket]
	return whole
}

// dict reads keys and values.
func (p *parser) dict(whole *node, from, to int) *node {
	if p.any(from, to, "for", "lambda", "**", ":=", "yield") {
		return whole
	}
	var items []*node
	begin, colon := from, -1
	for i := from; i <= to; i = beyond(p.tokens, i) {
		switch {
		case i < to && p.tokens[i].is(":") && colon < 0:
			colon = i
		case i < to && !p.tokens[i].is(","):
		case begin == i && i == to:
		case colon <= begin || colon+1 >= i && begin < i:
			return whole
		default:
			items = append(items, p.one(begin, colon), p.one(colon+1, i))
			begin, colon = i+1, -1
		}
	}
	whole.kind, whole.items = dictNode, items
	return whole
}
