package re

const (
	special     = ".\\[{()*+?^$|"
	repeaters   = "*+?{"
	whitespaces = " \t\n\r\v\f"
)

// sequence reads what stands between two bars (_parse). first: nothing came before, so global flags may stand here.
func (p *parser) sequence(verbose bool, nested int, first bool) sequence {
	p.enter()
	defer p.leave()
	var out sequence
	for p.src.next.exist && !p.src.next.in("|)") {
		this := p.src.get()
		if verbose && p.skip(this) {
			continue
		}
		switch {
		case this.escape:
			out = append(out, p.escape(this))
		case !this.in(special):
			out = append(out, node{kind: kindLiteral, ch: this.ch})
		case this.ch == '[':
			out = append(out, p.class())
		case this.in(repeaters):
			out = p.repeat(this, out)
		case this.ch == '(':
			out = p.group(out, &verbose, nested, first)
		default:
			out = append(out, symbol(this.ch))
		}
	}
	return unpack(out)
}

func symbol(ch rune) node {
	switch ch {
	case '.':
		return node{kind: kindAny}
	case '^':
		return node{kind: kindAt, at: atBeginning}
	}
	return node{kind: kindAt, at: atEnd}
}

// skip passes over blanks and comments of verbose patterns.
func (p *parser) skip(this token) bool {
	if this.in(whitespaces) {
		return true
	}
	if !this.is('#') {
		return false
	}
	for {
		if this := p.src.get(); !this.exist || this.is('\n') {
			return true
		}
	}
}

// unpack puts the bodies of groups that only bracket in their place.
func unpack(s sequence) (out sequence) {
	for _, n := range s {
		if n.plain() {
			out = append(out, n.subs[0]...)
		} else {
			out = append(out, n)
		}
	}
	return out
}
