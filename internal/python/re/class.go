package re

import (
	"slices"
	"unicode/utf8"
)

// maxBMP is the last character that _optimize_charset of re/_compiler.py keeps in its map.
const maxBMP = 0xFFFF

// classifier makes sets of the pattern's characters, for the flags in force.
type classifier struct {
	chars chars
	ascii bool
	fold  *folding // nil: case matters
}

func (c classifier) literal(ch rune) set {
	if c.fold == nil {
		return one(ch)
	}
	return c.fold.char(ch)
}

// class gives what a character set matches.
func (c classifier) class(n node) set {
	var out set
	if c.ignoresCase(n.items) {
		out = c.folded(n.items)
	} else {
		for _, it := range n.items {
			out = out.or(c.item(it))
		}
	}
	if n.negate {
		return out.negated()
	}
	return out
}

func (c classifier) item(it item) set {
	if it.kind == itemChar || it.kind == itemRange {
		return set{{it.lo, it.hi}}
	}
	return c.chars.category(it, c.ascii)
}

// ignoresCase tells whether the string's characters are made lower case before they are looked up: when a member has
// another case, or lies past the BMP.
func (c classifier) ignoresCase(items []item) bool {
	if c.fold == nil {
		return false
	}
	for _, it := range items {
		if it.kind <= itemRange && (it.hi > maxBMP || len(c.fold.cased.and(set{{it.lo, it.hi}})) > 0) {
			return true
		}
	}
	return false
}

// folded is a set whose members are compared with the lower case of the string's characters.
func (c classifier) folded(items []item) set {
	var low set
	for _, it := range items {
		if it.kind > itemRange {
			low = low.or(c.item(it))
			continue
		}
		bmp := set{{it.lo, it.hi}}.and(set{{0, maxBMP}})
		low = low.or(c.fold.widened(bmp)).or(c.pastBMP(it))
	}
	return c.fold.comingTo(low)
}

// pastBMP gives which lower case characters the part of a member past the BMP takes: a character itself, and for a
// range (RANGE_UNI_IGNORE) also those whose upper case lies in it.
func (c classifier) pastBMP(it item) set {
	part := set{{it.lo, it.hi}}.and(set{{maxBMP + 1, utf8.MaxRune}})
	if it.kind == itemChar || len(part) == 0 {
		return part
	}
	spans := append([]span(nil), part...)
	for ch, ups := range c.chars.folding(false).upper {
		if slices.ContainsFunc(ups, part.has) {
			spans = append(spans, span{ch, ch})
		}
	}
	return setFrom(spans)
}
