package mapping

import (
	"slices"
	"strings"
)

// doubled finds a repetition of nothing but a repetition, such as (a+)+ or
// (\w*)*, with more to match behind it: on a value that does not fit, Python tries
// every way of cutting it.
func doubled(expression string) (part string, ok bool) {
	for i := range len(expression) {
		if expression[i] != '(' || escaped(expression, i) {
			continue
		}
		end := closing(expression[i:])
		if end < 0 || i+end+2 >= len(expression) || !endless(expression[i+end+1:]) {
			continue
		}
		inner, ok := group(expression[i : i+end+1])
		if ok && slices.ContainsFunc(alternatives(inner), repeated) && fails(expression[i+end+2:]) {
			return expression[i : i+end+2], true
		}
	}
	return "", false
}

func endless(rest string) bool { return rest[0] == '*' || rest[0] == '+' }

// repeated reports whether an expression is one character, class or escape, taken
// without end.
func repeated(expression string) bool {
	n := len(expression)
	if n < 2 || !endless(expression[n-1:]) {
		return false
	}
	atom := expression[:n-1]
	switch {
	case len(atom) == 1:
		return atom != "^" && atom != "$"
	case atom[0] == '\\':
		return len(atom) == 2
	}
	return atom[0] == '[' && strings.IndexByte(atom[2:], ']') == len(atom)-3
}

// fails reports whether what follows a repetition may not match: nothing and .* do
// always.
func fails(rest string) bool { return rest != "" && rest != ".*" && rest[0] != '?' && rest[0] != '|' }
