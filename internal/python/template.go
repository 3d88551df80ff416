package python

import (
	"slices"
	"strings"
)

// Template is a text for str.format, parsed once. It may be used by many
// goroutines at once.
type Template struct {
	pieces []piece
	only   int // the index of the only placeholder, or -1
	named  []int
}

// piece is a literal text and what follows it: a field, an error, or nothing.
type piece struct {
	text  string
	index int // of a plain field, {n} or {}; -1 for any other
	field *field
	fails error
}

// field is a replacement field that is more than a plain {n}.
type field struct {
	index      int    // -1: looked up by name
	name       string // of a keyword, which Keystone never gives
	fails      error  // of the part before the first "." or "["
	path       []step
	conversion rune      // r, s, a, any other (which fails), or 0
	spec       string    // as it stands, if it needs no expanding
	nested     *Template // of a spec that holds fields itself
}

// step is one ".name" or "[key]" of a field's path, or the error of a bad one.
type step struct {
	attribute bool
	name      string
	index     int // of "[digits]"; -1 for any other
	fails     error
}

// ParseTemplate reads a text for str.format. It never fails: what Python would
// raise is raised by Append, after all that Python does first.
func ParseTemplate(s string) *Template {
	p := &markup{text: s}
	t := &Template{pieces: p.pieces(s, maxNesting), only: -1}
	t.named = slices.Compact(slices.Sorted(slices.Values(p.named)))
	if len(t.pieces) == 1 && t.pieces[0].text == "" {
		t.only = t.pieces[0].index
	}
	return t
}

// Only gives the index of a template that is one plain {n} and nothing else.
func (t *Template) Only() (index int, ok bool) {
	return max(t.only, 0), t.only >= 0
}

// Placeholders gives every index that the template names, sorted, each once; {}
// counts as the index it stands for. What stands behind an error of the markup is
// never read and so not there.
func (t *Template) Placeholders() []int { return slices.Clone(t.named) }

// Literal gives the result of a template without placeholders that cannot fail.
func (t *Template) Literal() (string, bool) {
	var text strings.Builder
	for i := range t.pieces {
		p := &t.pieces[i]
		if p.index >= 0 || p.field != nil || p.fails != nil {
			return "", false
		}
		text.WriteString(p.text)
	}
	return text.String(), true
}
