package re

import "regexp"

// goDialect is that of Go's regexp package: linear in time, regular expressions only.
type goDialect struct {
	ascii bool  // strings are ASCII: Go's \b is Python's
	needs *need // what is found out while writing
}

// need is what a string must be like for an engine's answer to be right.
type need struct {
	noLastNewline bool // $ was written as \z
	notEmpty      bool // \B differs in the empty string
}

func (d goDialect) any() string                 { return `(?s:.)` }
func (d goDialect) nothing() string             { return `[^\x00-\x{10FFFF}]` }
func (d goDialect) lazies() bool                { return false }
func (d goDialect) apart() string               { return "" }
func (d goDialect) special(*expr, *writer) bool { return false }

func (d goDialect) place(at position) (string, bool) {
	switch at {
	case atStart:
		return `\A`, true
	case atLineStart:
		return `(?m:^)`, true
	case atStop:
		d.needs.noLastNewline = true
		return `\z`, true
	case atLineStop:
		return `(?m:$)`, true
	case atVeryEnd:
		return `\z`, true
	case atWordEdge, atASCIIWordEdge:
		return `\b`, d.ascii || at == atASCIIWordEdge
	}
	d.needs.notEmpty = true
	return `\B`, d.ascii || at == atNoASCIIWordEdge
}

// forGo gives Go's regexp for strings over an alphabet; nil: it cannot say what Python would.
func forGo(e *expr, alphabet set) (*regexp.Regexp, need) {
	var n need
	if !e.regular() {
		return nil, n
	}
	w := &writer{alphabet: alphabet, dialect: goDialect{ascii: alphabet.size() == ascii.size(), needs: &n}}
	if !w.write(e) {
		return nil, n
	}
	compiled, err := regexp.Compile(w.String())
	if err != nil { // too large, or repeated more than a thousand times
		return nil, n
	}
	return compiled, n
}
