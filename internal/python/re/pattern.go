package re

import (
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/python"
)

// Pattern is a compiled pattern, safe for use by many goroutines at once.
type Pattern struct {
	plain       *plain // nil: an engine has to be asked
	ascii, full *engine
	folds       []*folding // how back-references ignore case
}

// Compile reads a pattern as re.compile(pattern) of a Python release does. One search may take about limit; zero is
// no limit.
//
// The error is a *python.Exception where Python raises one: class "error" for re.error (also in 3.13, which shows it
// as PatternError), rarely OverflowError, ValueError or RecursionError. It is a *python.Undecidable for what cannot
// be followed with certainty.
func Compile(pattern string, v python.Version, limit time.Duration) (*Pattern, error) {
	if !v.AtLeast(9) || v.Major > 3 || v.AtLeast(14) {
		return nil, &python.Undecidable{Reason: fmt.Sprintf("re is modelled for Python 3.9 to 3.13, not %s", v)}
	}
	if !utf8.ValidString(pattern) {
		return nil, &python.Undecidable{Reason: "the pattern is not valid UTF-8"}
	}
	t, err := parse(pattern, v)
	if err != nil {
		return nil, err
	}
	e, err := resolve(t, v)
	if err != nil {
		return nil, err
	}
	return newPattern(e, chars{v.Minor}, limit)
}

func newPattern(e *expr, c chars, limit time.Duration) (*Pattern, error) {
	if reason := doubtful(e, c.minor); reason != "" {
		return nil, &python.Undecidable{Reason: reason}
	}
	p := &Pattern{plain: plainOf(e)}
	if p.plain != nil {
		return p, nil
	}
	p.ascii = &engine{expr: e, alphabet: ascii, chars: c, limit: limit}
	p.full = &engine{expr: e, alphabet: every, chars: c, limit: limit}
	e.walk(func(e *expr) {
		if e.op == opRef && e.fold != foldNone {
			p.folds = append(p.folds, c.folding(e.fold == foldASCII))
		}
	})
	return p, p.ascii.check()
}

// Certain tells whether Search never fails and never takes long: the pattern is made of plain words.
func (p *Pattern) Certain() bool { return p.plain != nil }

// Strings gives all strings that the pattern finds, when it is so written that these are few: ^(a|b)$. Others give
// false.
func (p *Pattern) Strings() ([]string, bool) {
	if p.plain == nil || p.plain.head != exact || p.plain.tail != exact {
		return nil, false
	}
	found := slices.Clone(p.plain.words)
	if p.plain.lineFeed {
		for _, word := range p.plain.words {
			found = append(found, word+"\n")
		}
	}
	return found, true
}

// Search tells whether re.search(pattern, s) finds a match. The error is a *python.Undecidable: the limit was hit (a
// pattern that makes Python hang as well), or s is not valid UTF-8.
//
// Only a pattern that cannot make Python hang is answered in linear time.
func (p *Pattern) Search(s string) (bool, error) {
	switch {
	case p.plain != nil:
		return p.plain.match(s), nil
	case isASCII(s):
		return p.ascii.search(s)
	case !utf8.ValidString(s):
		return false, &python.Undecidable{Reason: "the string is not valid UTF-8"}
	case slices.ContainsFunc(p.folds, func(f *folding) bool { return !f.sameAsGo(s) }):
		return false, &python.Undecidable{Reason: "a back-reference that ignores case, in a string whose letters Python and Go make lower case differently"}
	}
	return p.full.search(s)
}
