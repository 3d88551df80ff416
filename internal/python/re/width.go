package re

import "math"

// width is how many characters a sequence takes at least and at most.
type width struct{ lo, hi uint64 }

// tooWide stands for every width past CPython's MAXREPEAT: no string is that long.
const tooWide = math.MaxUint32

func (w width) plus(v width) width {
	return width{min(w.lo+v.lo, tooWide), min(w.hi+v.hi, tooWide)}
}

func (w width) or(v width) width { return width{min(w.lo, v.lo), max(w.hi, v.hi)} }

func (w width) times(lo, hi int) width {
	out := width{lo: min(w.lo*uint64(lo), tooWide)}
	switch {
	case w.hi == 0:
	case hi == unbounded:
		out.hi = tooWide
	default:
		out.hi = min(w.hi*uint64(hi), tooWide)
	}
	return out
}

// widthOf is SubPattern.getwidth; groups are the widths of closed groups.
func widthOf(s sequence, groups []*width) (w width) {
	for _, n := range s {
		w = w.plus(n.width(groups))
	}
	return w
}

func (n node) width(groups []*width) width {
	switch n.kind {
	case kindLiteral, kindNotLiteral, kindIn, kindAny:
		return width{1, 1}
	case kindGroup, kindAtomic:
		return widthOf(n.subs[0], groups)
	case kindRepeat:
		return widthOf(n.subs[0], groups).times(n.min, n.max)
	case kindRef:
		return *groups[n.group]
	case kindBranch, kindCond:
		return n.widest(groups)
	}
	return width{}
}

func (n node) widest(groups []*width) width {
	w := widthOf(n.subs[0], groups)
	for _, sub := range n.subs[1:] {
		w = w.or(widthOf(sub, groups))
	}
	if n.kind == kindCond && len(n.subs) == 1 {
		w.lo = 0
	}
	return w
}
