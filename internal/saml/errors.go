package saml

import (
	"bytes"
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
)

// Error is what is wrong with a document. Line and Column count from 1; Line 0: it
// is about the whole. Want and Mend may be empty.
type Error struct {
	Line, Column int
	Got          string
	Want         string
	Mend         string
}

// Error gives one line: place, what was seen, what was expected, how to mend it.
func (e *Error) Error() string {
	text := e.Got
	if e.Line > 0 {
		text = fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Got)
	}
	if e.Want != "" {
		text += "; expected " + e.Want
	}
	if e.Mend != "" {
		text += " (" + e.Mend + ")"
	}
	return finding.Printable(text)
}

// at gives an error a place: the offset of a byte.
func at(text []byte, offset int, got, want string) *Error {
	before := text[:min(max(offset, 0), len(text))]
	line := bytes.Count(before, []byte("\n")) + 1
	return &Error{Line: line, Column: len(before) - bytes.LastIndexByte(before, '\n'), Got: got, Want: want}
}

// most is how much of a foreign text a message repeats, in bytes.
const most = 100

// cut shortens a foreign text for a message.
func cut(text string) string {
	if len(text) > most {
		return text[:most] + "…"
	}
	return text
}
