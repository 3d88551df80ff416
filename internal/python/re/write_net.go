package re

import (
	"fmt"
	"strings"
	"time"

	"github.com/dlclark/regexp2"

	"github.com/fedstone/fedstone/internal/python"
)

// netDialect is that of .NET, which regexp2 follows.
type netDialect struct {
	word   string      // a set of word characters, without brackets
	groups map[int]int // Python's number of a group to ours
}

func (d netDialect) any() string     { return `(?s:.)` }
func (d netDialect) nothing() string { return `(?!)` }
func (d netDialect) lazies() bool    { return true }
func (d netDialect) apart() string   { return `(?=)` }

func (d netDialect) place(at position) (string, bool) {
	switch at {
	case atStart:
		return `\A`, true
	case atLineStart:
		return `(?m:^)`, true
	case atStop:
		return `\Z`, true
	case atLineStop:
		return `(?m:$)`, true
	case atVeryEnd:
		return `\z`, true
	case atWordEdge:
		return wordEdge(d.word), true
	case atASCIIWordEdge:
		return wordEdge(asciiWord), true
	case atNoWordEdge:
		return noWordEdge(d.word), true
	}
	return noWordEdge(asciiWord), true
}

const asciiWord = `[0-9A-Z_a-z]`

func wordEdge(word string) string {
	return strings.ReplaceAll(`(?:(?<=W)(?!W)|(?<!W)(?=W))`, "W", word)
}

// noWordEdge never holds in an empty string: in CPython it asks for one character at least.
func noWordEdge(word string) string {
	return strings.ReplaceAll(`(?:(?<=W)(?=W)|(?<!W)(?!W)(?:(?<=(?s:.))|(?=(?s:.))))`, "W", word)
}

func (d netDialect) special(e *expr, w *writer) bool {
	switch e.op {
	case opLook:
		return w.wrapped(lookAround(e), e.subs, "")
	case opAtomic:
		return w.wrapped("(?>", e.subs, "")
	case opGroup:
		return w.wrapped("(", e.subs, "")
	case opRepeat:
		return w.possessive(e)
	case opRef:
		w.WriteString(d.reference(e))
		return true
	}
	return d.conditional(e, w)
}

func lookAround(e *expr) string {
	open := "(?"
	if e.behind {
		open += "<"
	}
	if e.not {
		return open + "!"
	}
	return open + "="
}

// possessive never goes back into an iteration, nor gives one up: each is atomic in SRE.
func (w *writer) possessive(e *expr) bool {
	w.WriteString("(?>")
	ok := w.wrapped("(?>", e.subs, "")
	w.WriteString(bounds(e.min, e.max) + ")")
	return ok
}

func (d netDialect) reference(e *expr) string {
	if e.fold == foldNone {
		return fmt.Sprintf(`\k<%d>`, d.groups[e.group])
	}
	return fmt.Sprintf(`(?i:\k<%d>)`, d.groups[e.group])
}

func (d netDialect) conditional(e *expr, w *writer) bool {
	fmt.Fprintf(w, "(?(%d)", d.groups[e.group])
	ok := w.wrapped("(?:", e.subs[:1], "")
	w.WriteString("|")
	return w.wrapped("(?:", e.subs[1:], "") && ok && w.closed()
}

func (w *writer) closed() bool {
	w.WriteString(")")
	return true
}

// numbered gives the groups their numbers: in the order of their brackets, as both engines do.
func numbered(e *expr) map[int]int {
	groups := map[int]int{}
	e.walk(func(e *expr) {
		if e.op == opGroup {
			groups[e.group] = len(groups) + 1
		}
	})
	return groups
}

// forNet gives regexp2's pattern for strings over an alphabet.
func forNet(e *expr, alphabet set, c chars, limit time.Duration) (*regexp2.Regexp, error) {
	w := &writer{alphabet: alphabet}
	w.class("[", c.category(item{kind: itemWord}, false).and(alphabet))
	word := w.String()
	w = &writer{alphabet: alphabet, dialect: netDialect{word: word, groups: numbered(e)}}
	w.write(e)
	compiled, err := regexp2.Compile(w.String(), regexp2.None)
	if err != nil {
		return nil, &python.Undecidable{Reason: "regexp2 does not take a pattern that Python does"}
	}
	if limit > 0 {
		compiled.MatchTimeout = limit
	}
	return compiled, nil
}
