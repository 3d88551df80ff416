package pysettings

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
)

type tokenKind int

const (
	endToken tokenKind = iota
	newlineToken
	indentToken
	dedentToken
	nameToken
	numberToken
	stringToken
	operatorToken
)

type token struct {
	kind       tokenKind
	text       string
	start, end finding.Pos
	match      int // of a bracket: the place of its other half
}

func (t token) is(text string) bool {
	return t.text == text && (t.kind == operatorToken || t.kind == nameToken)
}

// identifier reports a name that is no keyword.
func (t token) identifier() bool { return t.kind == nameToken && !keyword(t.text) }

// formatted reports an f-string.
func (t token) formatted() bool {
	return t.kind == stringToken && strings.ContainsAny(t.text[:strings.IndexAny(t.text, `'"`)], "fF")
}

// keywords are those of Python 3.9 to 3.13, in order; the soft ones are names.
var keywords = [...]string{
	"False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
	"finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
	"while", "with", "yield",
}

func keyword(word string) bool {
	_, ok := slices.BinarySearch(keywords[:], word)
	return ok
}

// constants are the keywords that are values.
func constant(word string) bool { return word == "True" || word == "False" || word == "None" }
