package re

import (
	"slices"
	"sync"
	"unicode"
)

// folding is how IGNORECASE compares in one release of Python: a character of the string is made lower case and then
// looked for in the set that the pattern's characters were made into (re/_compiler.py, Modules/_sre/sre_lib.h).
type folding struct {
	lower map[rune]rune   // what has another lower case
	upper map[rune][]rune // the way back
	moved set             // keys of lower
	cased set
	extra map[rune][]rune
}

// asciiFolding is that of the flags ai.
var asciiFolding = sync.OnceValue(func() *folding {
	return newFolding([]letters{{first: 'A', last: 'Z', step: 1, shift: 'a' - 'A'}}, set{{'A', 'Z'}, {'a', 'z'}}, nil)
})

// foldings are made once for each Unicode version.
var foldings = map[int]func() *folding{
	9:  sync.OnceValue(func() *folding { return unicodeFolding(chars{9}) }),
	11: sync.OnceValue(func() *folding { return unicodeFolding(chars{11}) }),
}

// folding gives that of a release; the case of letters did not change between 3.11 and 3.13.
func (c chars) folding(asciiOnly bool) *folding {
	switch {
	case asciiOnly:
		return asciiFolding()
	case c.minor < 11:
		return foldings[9]()
	}
	return foldings[11]()
}

func unicodeFolding(c chars) *folding {
	table := slices.DeleteFunc(slices.Clone(lowerTable), func(l letters) bool { return l.since > c.minor })
	return newFolding(table, c.of(casedTable), extraTable)
}

func newFolding(table []letters, cased set, extra [][]rune) *folding {
	f := &folding{lower: map[rune]rune{}, upper: map[rune][]rune{}, cased: cased, extra: map[rune][]rune{}}
	var moved []span
	for _, l := range table {
		for ch := l.first; ch <= l.last; ch += l.step {
			f.lower[ch] = ch + l.shift
			f.upper[ch+l.shift] = append(f.upper[ch+l.shift], ch)
			moved = append(moved, span{ch, ch})
		}
	}
	f.moved = setFrom(moved)
	for _, row := range extra {
		f.extra[row[0]] = row[1:]
	}
	return f
}

// sameAsGo tells whether regexp2, which asks Go's unicode.ToLower, makes a string lower case as Python does.
func (f *folding) sameAsGo(s string) bool {
	for _, ch := range s {
		low, ok := f.lower[ch]
		if !ok {
			low = ch
		}
		if unicode.ToLower(ch) != low {
			return false
		}
	}
	return true
}

// char is what a single character matches: kindLiteral of re/_compiler.py.
func (f *folding) char(ch rune) set {
	if !f.cased.has(ch) {
		return one(ch)
	}
	low, ok := f.lower[ch]
	if !ok {
		low = ch
	}
	var spans []span
	for _, target := range append([]rune{low}, f.extra[low]...) {
		if _, moves := f.lower[target]; !moves {
			spans = append(spans, span{target, target})
		}
		for _, up := range f.upper[target] {
			spans = append(spans, span{up, up})
		}
	}
	return setFrom(spans)
}

// widened gives the lower case of a set and what shares an upper case with it.
func (f *folding) widened(s set) set {
	spans := slices.Clone(s.without(f.moved))
	for ch, low := range f.lower {
		if s.has(ch) {
			spans = append(spans, span{low, low})
		}
	}
	low := setFrom(spans)
	for ch, others := range f.extra {
		if low.has(ch) {
			for _, other := range others {
				spans = append(spans, span{other, other})
			}
		}
	}
	return setFrom(spans)
}

// comingTo gives what has its lower case in s.
func (f *folding) comingTo(s set) set {
	spans := slices.Clone(s.without(f.moved))
	for ch, low := range f.lower {
		if s.has(low) {
			spans = append(spans, span{ch, ch})
		}
	}
	return setFrom(spans)
}
