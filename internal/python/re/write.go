package re

import (
	"fmt"
	"strings"
)

// dialect writes what differs between the engines' pattern syntaxes.
type dialect interface {
	any() string                     // every character
	nothing() string                 // what never matches
	place(position) (string, bool)   // not ok: the engine has no such assertion
	special(e *expr, w *writer) bool // look-around, groups and so on; not ok: the engine has none
	lazies() bool                    // tells whether the order of tries is to be kept
	apart() string                   // keeps a repetition from being joined with the one within, which Python does not
}

// writer writes an expression for strings over an alphabet.
type writer struct {
	strings.Builder
	dialect  dialect
	alphabet set
}

// write appends an expression; not ok: the engine cannot do it.
func (w *writer) write(e *expr) bool {
	switch e.op {
	case opSet:
		w.set(e.set)
		return true
	case opCat:
		return w.all(e.subs, "")
	case opAlt:
		return w.wrapped("(?:", e.subs, "|")
	case opRepeat:
		return w.repeat(e)
	case opPlace:
		text, ok := w.dialect.place(e.place)
		w.WriteString(text)
		return ok
	}
	return w.dialect.special(e, w)
}

func (w *writer) all(es []*expr, between string) bool {
	for i, e := range es {
		if i > 0 {
			w.WriteString(between)
		}
		if !w.write(e) {
			return false
		}
	}
	return true
}

func (w *writer) wrapped(open string, es []*expr, between string) bool {
	w.WriteString(open)
	ok := w.all(es, between)
	w.WriteString(")")
	return ok
}

// repeat writes possessive repeats as their own dialect wants them.
func (w *writer) repeat(e *expr) bool {
	if e.mode == possessive {
		return w.dialect.special(e, w)
	}
	open := "(?:"
	if e.subs[0].ambiguous() {
		open += w.dialect.apart()
	}
	if !w.wrapped(open, e.subs, "") {
		return false
	}
	w.WriteString(bounds(e.min, e.max))
	if e.mode == lazy && w.dialect.lazies() {
		w.WriteString("?")
	}
	return true
}

func bounds(lo, hi int) string {
	switch {
	case hi == unbounded && lo == 0:
		return "*"
	case hi == unbounded && lo == 1:
		return "+"
	case hi == unbounded:
		return fmt.Sprintf("{%d,}", lo)
	case lo == 0 && hi == 1:
		return "?"
	}
	return fmt.Sprintf("{%d,%d}", lo, hi)
}

// set writes a set, turned round when that is shorter.
func (w *writer) set(s set) {
	s = s.and(w.alphabet)
	rest := w.alphabet.without(s)
	switch {
	case len(s) == 0:
		w.WriteString(w.dialect.nothing())
	case len(rest) == 0:
		w.WriteString(w.dialect.any())
	case s.size() == 1:
		w.char(s[0].lo)
	case len(rest) < len(s):
		w.class("[^", rest)
	default:
		w.class("[", s)
	}
}

func (w *writer) class(open string, s set) {
	w.WriteString(open)
	for _, sp := range s {
		w.char(sp.lo)
		if sp.hi > sp.lo {
			w.WriteString("-")
			w.char(sp.hi)
		}
	}
	w.WriteString("]")
}

// char writes a character so that no engine reads more into it.
func (w *writer) char(ch rune) {
	switch {
	case ch >= 0x80, ch >= '0' && ch <= '9', ch|0x20 >= 'a' && ch|0x20 <= 'z':
		w.WriteRune(ch)
	default:
		fmt.Fprintf(w, `\x%02X`, ch)
	}
}
