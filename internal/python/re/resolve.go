package re

import (
	"slices"

	"github.com/fedstone/fedstone/internal/python"
)

// resolver turns a parse tree into an expression, as re/_compiler.py does into code.
type resolver struct {
	chars    chars
	widths   []*width
	referred map[int]bool
}

// resolve gives the expression of a tree, or what Python raises.
func resolve(t *tree, v python.Version) (e *expr, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case raised:
			err = r.err
		default:
			panic(r)
		}
	}()
	r := &resolver{chars: chars{v.Minor}, widths: t.widths, referred: map[int]bool{}}
	r.refer(t.body)
	narrowFirst(t)
	return r.sequence(t.body, t.flags), nil
}

// refer notes the groups that something refers to.
func (r *resolver) refer(s sequence) {
	for _, n := range s {
		if n.kind == kindRef || n.kind == kindCond {
			r.referred[n.group] = true
		}
		for _, sub := range n.subs {
			r.refer(sub)
		}
	}
}

func (r *resolver) sequence(s sequence, f flags) *expr {
	e := &expr{op: opCat, subs: make([]*expr, 0, len(s))}
	for _, n := range s {
		e.subs = append(e.subs, r.node(n, f))
	}
	if len(e.subs) == 1 {
		return e.subs[0]
	}
	return e
}

func (r *resolver) node(n node, f flags) *expr {
	switch n.kind {
	case kindLiteral, kindNotLiteral, kindIn, kindAny:
		return &expr{op: opSet, set: r.set(n, f)}
	case kindAt:
		return &expr{op: opPlace, place: n.place(f)}
	case kindBranch:
		return &expr{op: opAlt, subs: r.all(n.subs, f)}
	case kindRepeat:
		return r.repeat(n, f)
	case kindGroup:
		return r.group(n, f)
	case kindAtomic:
		return &expr{op: opAtomic, subs: r.all(n.subs, f)}
	case kindAssert:
		return r.look(n, f)
	case kindRef:
		return &expr{op: opRef, group: n.group, fold: f.folds()}
	}
	return r.conditional(n, f)
}

// checkPossessive gives up on what CPython's engine has bugs with in a possessive repeat: captures (of some it says
// only "SystemError: The span of capturing group is wrong"), and until 3.11.5 (gh-106052) a body that can fail after
// having moved on.
func (r *resolver) checkPossessive(body sequence) {
	if body.captures() {
		giveUp("a capturing group in a possessive repeat: CPython's engine has bugs with it; use (?:…)")
	}
	if r.chars.minor == 11 && !body.straight() {
		giveUp("a possessive repeat of more than plain characters: patch releases of Python 3.11 differ")
	}
}

// straight tells whether a sequence is single characters and places alone.
func (s sequence) straight() bool {
	return !slices.ContainsFunc(s, func(n node) bool { return n.subs != nil })
}

// captures tells whether there is a capturing group anywhere within.
func (s sequence) captures() bool {
	for _, n := range s {
		if n.kind == kindGroup && n.group > 0 || slices.ContainsFunc(n.subs, sequence.captures) {
			return true
		}
	}
	return false
}

func (r *resolver) all(bodies []sequence, f flags) (out []*expr) {
	for _, body := range bodies {
		out = append(out, r.sequence(body, f))
	}
	return out
}

func (r *resolver) set(n node, f flags) set {
	c := classifier{chars: r.chars, ascii: f&flagASCII != 0}
	if f&flagIgnoreCase != 0 {
		c.fold = r.chars.folding(c.ascii)
	}
	switch {
	case n.kind == kindAny && f&flagDotAll != 0:
		return set(nil).negated()
	case n.kind == kindAny:
		return one('\n').negated()
	case n.kind == kindLiteral:
		return c.literal(n.ch)
	case n.kind == kindNotLiteral:
		return c.literal(n.ch).negated()
	}
	if c.ignoresCase(n.items) {
		return c.class(n)
	}
	return c.class(n).and(r.narrowing(n))
}

// narrowFirst follows a peculiarity of CPython: before a search tries a place it looks whether the first character
// can begin a match, and reads the pattern's first set with the global flags even where (?a:…) or (?u:…) says
// otherwise (_compile_info and _get_charset_prefix of re/_compiler.py). The set must take a character in both readings.
func narrowFirst(t *tree) {
	s, f := t.body, t.flags
	for len(s) > 0 && s[0].kind == kindGroup {
		s, f = s[0].subs[0], f.combine(s[0].add, s[0].del)
	}
	if len(s) > 0 && s[0].kind == kindIn && f&typeFlags != t.flags&typeFlags {
		s[0].narrowed = t.flags
	}
}

// narrowing gives what the first set must take as well. Python does not look where the set ignores case.
func (r *resolver) narrowing(n node) set {
	if n.narrowed == 0 {
		return set(nil).negated()
	}
	c := classifier{chars: r.chars, ascii: n.narrowed&flagASCII != 0}
	return c.class(n)
}

func (n node) place(f flags) position {
	multiline, asciiOnly := f&flagMultiline != 0, f&flagASCII != 0
	choose := func(when bool, yes, no position) position {
		if when {
			return yes
		}
		return no
	}
	switch n.at {
	case atBeginning:
		return choose(multiline, atLineStart, atStart)
	case atEnd:
		return choose(multiline, atLineStop, atStop)
	case atStringStart:
		return atStart
	case atStringEnd:
		return atVeryEnd
	case atBoundary:
		return choose(asciiOnly, atASCIIWordEdge, atWordEdge)
	}
	return choose(asciiOnly, atNoASCIIWordEdge, atNoWordEdge)
}

func (r *resolver) repeat(n node, f flags) *expr {
	if f&flagTemplate != 0 {
		name := map[mode]string{greedy: "MAX_REPEAT", lazy: "MIN_REPEAT", possessive: "POSSESSIVE_REPEAT"}[n.mode]
		raiseException("error", "internal: unsupported template operator "+name)
	}
	if n.mode == possessive {
		r.checkPossessive(n.subs[0])
	}
	return &expr{op: opRepeat, min: n.min, max: n.max, mode: n.mode, subs: r.all(n.subs, f)}
}

func (r *resolver) group(n node, f flags) *expr {
	body := r.sequence(n.subs[0], f.combine(n.add, n.del))
	if !r.referred[n.group] || n.group == 0 {
		return body
	}
	return &expr{op: opGroup, group: n.group, subs: []*expr{body}}
}

func (r *resolver) look(n node, f flags) *expr {
	if n.behind {
		switch w := widthOf(n.subs[0], r.widths); {
		case w.lo != w.hi:
			raiseException("error", "look-behind requires fixed-width pattern")
		case w.lo >= tooWide:
			giveUp("a look-behind of more characters than any string has")
		}
	}
	return &expr{op: opLook, behind: n.behind, not: n.negate, subs: r.all(n.subs, f)}
}

func (r *resolver) conditional(n node, f flags) *expr {
	e := &expr{op: opCond, group: n.group, subs: r.all(n.subs, f)}
	if len(e.subs) == 1 {
		e.subs = append(e.subs, &expr{op: opCat})
	}
	return e
}

func (f flags) folds() folds {
	switch {
	case f&flagIgnoreCase == 0:
		return foldNone
	case f&flagASCII != 0:
		return foldASCII
	}
	return foldUnicode
}
