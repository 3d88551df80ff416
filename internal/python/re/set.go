package re

import (
	"slices"
	"sort"
	"unicode/utf8"
)

// span is the characters from lo to hi, both included.
type span struct{ lo, hi rune }

// set is characters: spans in order, with gaps between them. The zero value is empty.
type set []span

// every is what a valid string can hold: surrogates are not among it.
var every = set{{0, 0xD7FF}, {0xE000, utf8.MaxRune}}

// ascii is what an ASCII string can hold.
var ascii = set{{0, 0x7F}}

// setFrom puts spans in order and joins them.
func setFrom(spans []span) set {
	slices.SortFunc(spans, func(a, b span) int { return int(a.lo - b.lo) })
	var out set
	for _, s := range spans {
		if n := len(out); n > 0 && s.lo <= out[n-1].hi+1 {
			out[n-1].hi = max(out[n-1].hi, s.hi)
		} else {
			out = append(out, s)
		}
	}
	return out
}

func (s set) has(ch rune) bool {
	i := sort.Search(len(s), func(i int) bool { return s[i].hi >= ch })
	return i < len(s) && s[i].lo <= ch
}

// without gives s less t.
func (s set) without(t set) set { return s.and(t.negated()) }

// negated is over all code points, surrogates included, as in Python.
func (s set) negated() (out set) {
	from := rune(0)
	for _, sp := range s {
		if sp.lo > from {
			out = append(out, span{from, sp.lo - 1})
		}
		from = sp.hi + 1
	}
	if from <= utf8.MaxRune {
		out = append(out, span{from, utf8.MaxRune})
	}
	return out
}

func (s set) and(t set) (out set) {
	for i, j := 0, 0; i < len(s) && j < len(t); {
		if lo, hi := max(s[i].lo, t[j].lo), min(s[i].hi, t[j].hi); lo <= hi {
			out = append(out, span{lo, hi})
		}
		if s[i].hi < t[j].hi {
			i++
		} else {
			j++
		}
	}
	return out
}

func (s set) or(t set) set { return setFrom(append(slices.Clone(s), t...)) }

// size is the number of characters.
func (s set) size() (n int) {
	for _, sp := range s {
		n += int(sp.hi-sp.lo) + 1
	}
	return n
}

func one(ch rune) set { return set{{ch, ch}} }
