package re

import "github.com/fedstone/fedstone/internal/python"

// group reads what starts with "(" and appends it.
func (p *parser) group(out sequence, verbose *bool, nested int, first bool) sequence {
	start := p.src.tell() - 1
	if !p.src.match('?') {
		return append(out, p.capturing("", *verbose, nested, start))
	}
	char := p.src.get()
	switch {
	case !char.exist:
		p.src.raise(0, "unexpected end of pattern")
	case char.is('P'):
		return append(out, p.pythonGroup(*verbose, nested, start))
	case char.is(':'):
		return append(out, p.bracket(node{kind: kindGroup}, *verbose, nested, start))
	case char.is('#'):
		p.comment(start)
		return out
	case char.in("=!<"):
		return append(out, p.assertion(char, *verbose, nested, start))
	case char.is('('):
		return append(out, p.conditional(*verbose, nested, start))
	case char.is('>') && p.version.AtLeast(11):
		return append(out, p.bracket(node{kind: kindAtomic}, *verbose, nested, start))
	}
	if _, ok := p.flagOf(char); !ok && !char.is('-') {
		p.src.raise(char.width()+1, "unknown extension ?%s", char)
	}
	return p.flagGroup(out, char, verbose, nested, first, start)
}

// flagGroup reads (?i) or (?i:…).
func (p *parser) flagGroup(out sequence, char token, verbose *bool, nested int, first bool, start int) sequence {
	add, del, global := p.inlineFlags(char)
	if !global {
		inner := (*verbose || add&flagVerbose != 0) && del&flagVerbose == 0
		return append(out, p.bracket(node{kind: kindGroup, add: add, del: del}, inner, nested, start))
	}
	if !p.version.AtLeast(11) {
		if p.flags&flagVerbose != 0 && !*verbose {
			panic(raised{errVerbose})
		}
		return out
	}
	if !first || len(out) > 0 {
		p.src.raise(p.src.tell()-start, "global flags not at the start of the expression")
	}
	*verbose = p.flags&flagVerbose != 0
	return out
}

// bracket reads the body and the ")" of a group that does not capture.
func (p *parser) bracket(n node, verbose bool, nested, start int) node {
	n.subs = []sequence{p.alternatives(verbose, nested+1)}
	p.close(start)
	return n
}

func (p *parser) close(start int) {
	if !p.src.match(')') {
		p.src.raise(p.src.tell()-start, "missing ), unterminated subpattern")
	}
}

// capturing reads the body of a group; name is empty for a numbered one.
func (p *parser) capturing(name string, verbose bool, nested, start int) node {
	group := len(p.widths)
	if old, ok := p.names[name]; ok && name != "" {
		p.src.raise(len(name)+1, "redefinition of group name %s as group %d; was group %d", python.Repr(name, p.version), group, old)
	}
	p.widths = append(p.widths, nil)
	if name != "" {
		p.names[name] = group
	}
	n := p.bracket(node{kind: kindGroup, group: group}, verbose, nested, start)
	w := widthOf(n.subs[0], p.widths)
	p.widths[group] = &w
	return n
}

// pythonGroup reads (?P<n>…) and (?P=n).
func (p *parser) pythonGroup(verbose bool, nested, start int) node {
	if p.src.match('<') {
		name := p.src.until('>', "group name")
		p.checkName(name)
		return p.capturing(name, verbose, nested, start)
	}
	if p.src.match('=') {
		name := p.src.until(')', "group name")
		p.checkName(name)
		return p.reference(p.named(name), len(name)+1)
	}
	char := p.src.get()
	if !char.exist {
		p.src.raise(0, "unexpected end of pattern")
	}
	p.src.raise(char.width()+2, "unknown extension ?P%s", char)
	return node{}
}

func (p *parser) named(name string) int {
	group, ok := p.names[name]
	if !ok {
		p.src.raise(len([]rune(name))+1, "unknown group name %s", python.Repr(name, p.version))
	}
	return group
}

func (p *parser) comment(start int) {
	for {
		if !p.src.next.exist {
			p.src.raise(p.src.tell()-start, "missing ), unterminated comment")
		}
		if p.src.get().is(')') {
			return
		}
	}
}

// assertion reads a look-ahead or look-behind.
func (p *parser) assertion(char token, verbose bool, nested, start int) node {
	n := node{kind: kindAssert}
	outermost := false
	if char.is('<') {
		n.behind = true
		if char = p.src.get(); !char.exist {
			p.src.raise(0, "unexpected end of pattern")
		}
		if !char.in("=!") {
			p.src.raise(char.width()+2, "unknown extension ?<%s", char)
		}
		if outermost = p.behind == 0; outermost {
			p.behind = len(p.widths)
		}
	}
	n.negate = char.is('!')
	n.subs = []sequence{p.alternatives(verbose, nested+1)}
	if outermost {
		p.behind = 0
	}
	p.close(start)
	return n
}

// conditional reads (?(1)yes|no) and (?(name)yes|no).
func (p *parser) conditional(verbose bool, nested, start int) node {
	n := node{kind: kindCond, group: p.condition()}
	p.checkBehind(n.group)
	n.subs = append(n.subs, p.sequence(verbose, nested+1, false))
	if p.src.match('|') {
		n.subs = append(n.subs, p.sequence(verbose, nested+1, false))
		if p.src.next.is('|') {
			p.src.raise(0, "conditional backref with more than two branches")
		}
	}
	p.close(start)
	return n
}
