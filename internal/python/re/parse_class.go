package re

// class reads a character set after its "[".
func (p *parser) class() node {
	here := p.src.tell() - 1
	negate := p.src.match('^')
	var set []item
	for {
		this := p.classToken(here)
		if this.is(']') && len(set) > 0 {
			break
		}
		lo := p.classItem(this)
		if !p.src.match('-') {
			set = append(set, lo)
			continue
		}
		that := p.classToken(here)
		if that.is(']') {
			set = append(set, lo, item{lo: '-', hi: '-'})
			break
		}
		set = append(set, p.classRange(this, that, lo))
	}
	return classNode(unique(set), negate)
}

func (p *parser) classToken(here int) token {
	this := p.src.get()
	if !this.exist {
		p.src.raise(p.src.tell()-here, "unterminated character set")
	}
	return this
}

func (p *parser) classRange(this, that token, lo item) item {
	hi := p.classItem(that)
	if lo.kind != itemChar || hi.kind != itemChar || hi.lo < lo.lo {
		back := this.width() + 1 + that.width()
		p.src.raiseAt(p.src.tell()-back, "bad character range %s-%s", this, that)
	}
	return item{kind: itemRange, lo: lo.lo, hi: hi.lo}
}

func classNode(set []item, negate bool) node {
	if len(set) == 1 && set[0].kind == itemChar {
		kind := kindLiteral
		if negate {
			kind = kindNotLiteral
		}
		return node{kind: kind, ch: set[0].lo}
	}
	return node{kind: kindIn, items: set, negate: negate}
}

// classItem reads one member of a set (_class_escape).
func (p *parser) classItem(t token) item {
	if !t.escape {
		return item{lo: t.ch, hi: t.ch}
	}
	if it, ok := categoryOf(t.ch); ok {
		return it
	}
	ch := rune(0)
	switch {
	case t.ch >= '0' && t.ch <= '7':
		ch = p.byteOctal(string(t.ch) + p.src.while(2, octDigits))
	case t.ch == '8' || t.ch == '9':
		p.src.raise(2, "bad escape %s", t)
	default:
		ch = p.charEscape(t)
	}
	return item{lo: ch, hi: ch}
}
