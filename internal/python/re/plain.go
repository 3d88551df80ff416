package re

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// reach is how far a match may lie from an end of the string.
type reach int

const (
	exact    reach = iota // at the end itself
	sameLine              // past anything but a line feed
	anywhere
)

// plain is a pattern that says: one of these words, so far from the start, so far from the end. It is answered
// without an engine and without allocation.
type plain struct {
	words      []string
	whole      map[string]struct{} // the words, when there are many and they must be the whole string
	head, tail reach
	lineFeed   bool // the end may also be before the line feed that is the last character
}

const (
	maxWords  = 64 // what a pattern may stand for at most
	manyWords = 8  // from here on a map is quicker than comparing
)

// plainOf gives an expression as words; nil: it is no such pattern.
func plainOf(e *expr) *plain {
	parts := flattened(e)
	p := &plain{head: anywhere, tail: anywhere}
	parts = p.takeHead(parts)
	parts, stars := p.takeTail(parts)
	words, ok := wordsOf(&expr{op: opCat, subs: parts})
	if !ok || !stars {
		return nil
	}
	p.words = words
	hasLineFeed := func(word string) bool { return strings.Contains(word, "\n") }
	if p.head == sameLine && p.tail == sameLine && slices.ContainsFunc(words, hasLineFeed) {
		return nil
	}
	if p.head == exact && p.tail == exact && len(words) >= manyWords {
		p.whole = map[string]struct{}{}
		for _, word := range words {
			p.whole[word] = struct{}{}
		}
	}
	return p
}

// flattened gives the parts of a sequence.
func flattened(e *expr) (parts []*expr) {
	if e.op != opCat {
		return []*expr{e}
	}
	for _, sub := range e.subs {
		parts = append(parts, flattened(sub)...)
	}
	return parts
}

// takeHead takes ^ and .* from the start.
func (p *plain) takeHead(parts []*expr) []*expr {
	if len(parts) > 0 && parts[0].op == opPlace && parts[0].place == atStart {
		p.head, parts = exact, parts[1:]
	}
	if len(parts) > 0 && starOf(parts[0]) > exact {
		p.head, parts = max(p.head, starOf(parts[0])), parts[1:]
	}
	return parts
}

// takeTail takes .* and $ from the end.
func (p *plain) takeTail(parts []*expr) (rest []*expr, ok bool) {
	if n := len(parts); n > 0 && parts[n-1].op == opPlace {
		if at := parts[n-1].place; at != atStop && at != atVeryEnd {
			return parts, false
		}
		p.tail, p.lineFeed, parts = exact, parts[n-1].place == atStop, parts[:n-1]
	}
	if n := len(parts); n > 0 && starOf(parts[n-1]) > exact {
		p.tail, parts = max(p.tail, starOf(parts[n-1])), parts[:n-1]
	}
	return parts, true
}

// starOf tells how far .* reaches.
func starOf(e *expr) reach {
	if e.op != opRepeat || e.min != 0 || e.max != unbounded || e.mode == possessive || e.subs[0].op != opSet {
		return exact
	}
	switch rest := e.subs[0].set.negated(); {
	case len(rest) == 0:
		return anywhere
	case slices.Equal(rest, one('\n')):
		return sameLine
	}
	return exact
}

// wordsOf gives all that an expression matches, when that is few strings.
func wordsOf(e *expr) ([]string, bool) {
	switch e.op {
	case opSet:
		return lettersOf(e.set)
	case opCat:
		return joined(e.subs)
	case opAlt:
		return gathered(e.subs)
	case opRepeat:
		return repeated(e)
	}
	return nil, false
}

// lettersOf leaves out surrogates, which no valid string holds.
func lettersOf(s set) (words []string, ok bool) {
	if s.size() > maxWords {
		return nil, false
	}
	for _, sp := range s.and(every) {
		for ch := sp.lo; ch <= sp.hi; ch++ {
			words = append(words, string(ch))
		}
	}
	return words, true
}

func joined(es []*expr) ([]string, bool) {
	words := []string{""}
	for _, e := range es {
		more, ok := wordsOf(e)
		if !ok || len(words)*len(more) > maxWords {
			return nil, false
		}
		var longer []string
		for _, word := range words {
			for _, end := range more {
				longer = append(longer, word+end)
			}
		}
		words = longer
	}
	return words, true
}

func gathered(es []*expr) (words []string, ok bool) {
	for _, e := range es {
		more, ok := wordsOf(e)
		if !ok {
			return nil, false
		}
		words = append(words, more...)
	}
	return words, len(words) <= maxWords
}

// repeated knows x? only.
func repeated(e *expr) ([]string, bool) {
	if e.min != 0 || e.max != 1 || e.mode == possessive {
		return nil, false
	}
	words, ok := wordsOf(e.subs[0])
	return append(words, ""), ok
}

// match tells whether the pattern is found.
func (p *plain) match(s string) bool {
	if p.matchTo(s) {
		return true
	}
	return p.lineFeed && strings.HasSuffix(s, "\n") && p.matchTo(s[:len(s)-1])
}

func (p *plain) matchTo(s string) bool {
	if p.whole != nil {
		_, ok := p.whole[s]
		return ok
	}
	for _, word := range p.words {
		if p.matchWord(s, word) {
			return true
		}
	}
	return false
}

func (p *plain) matchWord(s, word string) bool {
	switch {
	case p.head == exact:
		return strings.HasPrefix(s, word) && p.tail.spans(s[len(word):])
	case p.tail == exact:
		return strings.HasSuffix(s, word) && p.head.spans(s[:len(s)-len(word)])
	case p.head == anywhere:
		i := strings.LastIndex(s, word)
		return i >= 0 && p.tail.spans(s[i+len(word):])
	case p.tail == anywhere:
		i := strings.Index(s, word)
		return i >= 0 && p.head.spans(s[:i])
	}
	return strings.Contains(s, word) && p.head.spans(s)
}

// spans tells whether a reach covers what lies between a match and the end of the string.
func (r reach) spans(between string) bool {
	switch r {
	case exact:
		return between == ""
	case sameLine:
		return strings.IndexByte(between, '\n') < 0
	}
	return true
}

// isASCII tells whether every byte is below 0x80.
func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
