package re

import (
	"errors"

	"github.com/fedstone/fedstone/internal/python"
)

// Python's parser calls itself, at most a thousand calls deep, those of its caller included. We do not know how deep
// the caller was, only that it was not deeper than the difference.
const (
	surelyTooDeep = 1000
	maybeTooDeep  = 700
)

// parser reads a pattern as CPython's re/_parser.py does (sre_parse.py before 3.11).
type parser struct {
	src     *source
	version python.Version
	flags   flags
	names   map[string]int
	widths  []*width // by group; nil while the group is open. Group 0 stays open.
	behind  int      // groups there were before the outermost look-behind; 0: outside
	conds   []condition
	calls   int
}

// condition is a reference of "(?(1)…" by number, to be checked at the end.
type condition struct{ group, at int }

// tree is a pattern, parsed.
type tree struct {
	body   sequence
	flags  flags
	widths []*width
}

// errVerbose is Python's Verbose exception (3.9, 3.10): a global x flag was met, all is to be read again.
var errVerbose = errors.New("verbose")

// parse gives the parse tree, or what Python raises.
func parse(pattern string, v python.Version) (*tree, error) {
	t, err := parseWith(pattern, v, 0)
	if err == errVerbose {
		t, err = parseWith(pattern, v, flagVerbose)
	}
	if err == errVerbose {
		err = &python.Exception{Class: "Verbose"}
	}
	return t, err
}

func parseWith(pattern string, v python.Version, f flags) (t *tree, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case raised:
			err = r.err
		default:
			panic(r)
		}
	}()
	p := &parser{src: newSource(pattern), version: v, flags: f, names: map[string]int{}, widths: []*width{nil}}
	body := p.alternatives(f&flagVerbose != 0, 0)
	p.finish()
	return &tree{body: body, flags: p.flags, widths: p.widths}, nil
}

// finish checks what can be checked at the end only.
func (p *parser) finish() {
	if p.flags&flagASCII == 0 {
		p.flags |= flagUnicode
	} else if p.flags&flagUnicode != 0 {
		raiseException("ValueError", "ASCII and UNICODE flags are incompatible")
	}
	if p.src.next.exist {
		p.src.raise(0, "unbalanced parenthesis")
	}
	for _, c := range p.conds {
		if c.group >= len(p.widths) {
			p.src.raiseAt(c.at, "invalid group reference %d", c.group)
		}
	}
}

// enter counts a call of Python's parser.
func (p *parser) enter() {
	switch p.calls++; {
	case p.calls > surelyTooDeep:
		raiseException("RecursionError", "maximum recursion depth exceeded")
	case p.calls > maybeTooDeep && !p.deeperStill():
		giveUp("the pattern nests so deep that it depends on the caller whether Python's parser can follow")
	}
}

// deeperStill tells whether the brackets that follow take Python over its limit for sure.
func (p *parser) deeperStill() bool {
	opening := 0
	for _, ch := range p.src.text[p.src.tell():] {
		if ch != '(' {
			break
		}
		opening++
	}
	return p.calls+2*opening > surelyTooDeep
}

func (p *parser) leave() { p.calls-- }

// alternatives reads a|b|c (_parse_sub).
func (p *parser) alternatives(verbose bool, nested int) sequence {
	p.enter()
	defer p.leave()
	var items []sequence
	for {
		items = append(items, p.sequence(verbose, nested+1, nested == 0 && len(items) == 0))
		if !p.src.match('|') {
			break
		}
		if nested == 0 && p.version.AtLeast(11) {
			verbose = p.flags&flagVerbose != 0
		}
	}
	if len(items) == 1 {
		return items[0]
	}
	return branch(items)
}

// branch moves out what all alternatives start with, and makes a set of single characters, as _parse_sub does.
func branch(items []sequence) (out sequence) {
	for shared(items) {
		out = append(out, items[0][0])
		for i := range items {
			items[i] = items[i][1:]
		}
	}
	var set []item
	for _, alternative := range items {
		members, ok := setOf(alternative)
		if !ok {
			return append(out, node{kind: kindBranch, subs: items})
		}
		set = append(set, members...)
	}
	return append(out, node{kind: kindIn, items: unique(set)})
}

func shared(items []sequence) bool {
	for _, s := range items {
		if len(s) == 0 || !s[0].same(items[0][0]) {
			return false
		}
	}
	return true
}

func setOf(s sequence) ([]item, bool) {
	if len(s) != 1 {
		return nil, false
	}
	switch n := s[0]; {
	case n.kind == kindLiteral:
		return []item{{kind: itemChar, lo: n.ch, hi: n.ch}}, true
	case n.kind == kindIn && !n.negate:
		return n.items, true
	}
	return nil, false
}

func unique(items []item) (out []item) {
	seen := map[item]bool{}
	for _, it := range items {
		if !seen[it] {
			seen[it] = true
			out = append(out, it)
		}
	}
	return out
}
