package engine

import (
	"errors"
	"strings"

	"github.com/fedstone/fedstone/internal/python"
)

// literals is _ast_literal_eval: the items of a text that is a Python list, or
// the text as the only item. Releases that lack its check for a list take any
// other literal apart.
func (r rules) literals(given any) ([]any, error) {
	if list, ok := given.(listed); ok {
		return anys(list.arg.Values), nil
	}
	text, _ := given.(string)
	if r.listsOnly() && plainText(text) {
		return []any{given}, nil
	}
	got, err := python.LiteralEval(text, r.python)
	var raised *python.Exception
	switch {
	case errors.As(err, &raised) && (raised.Class == "ValueError" || raised.Class == "SyntaxError"):
		return []any{text}, nil
	case err != nil:
		return nil, err
	}
	if list, ok := got.(python.List); ok {
		return list, nil
	}
	if r.listsOnly() {
		return []any{text}, nil
	}
	if set, ok := got.(python.Set); ok {
		return set, nil // its order is not asked for: groups are a set, too
	}
	return python.Iterate(got)
}

// short is the length up to which no chain of operators is too long for Python.
const short = 300

// plainText reports whether a text is certainly no list, and raises nothing but
// ValueError or SyntaxError: that takes a bracket, or a long chain of signs.
func plainText(text string) bool {
	return len(text) < short && !strings.ContainsAny(text, "[({")
}

func anys(texts []string) []any {
	out := make([]any, len(texts))
	for i, t := range texts {
		out[i] = t
	}
	return out
}
