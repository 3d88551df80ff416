package mapping

import (
	"errors"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/python"
	"github.com/fedstone/fedstone/internal/python/re"
	"github.com/fedstone/fedstone/validate/rule"
)

// pythons gives the versions of Python that Keystone may run on: the platform's, or
// the oldest and the newest that are known.
func pythons(p *rule.Pass) []python.Version {
	names := []string{"3.9", "3.13"}
	if p.Platform != (platform.Platform{}) && p.Platform.Python != "" {
		names = []string{p.Platform.Python}
	}
	var out []python.Version
	for _, name := range names {
		if v, err := python.ParseVersion(name); err == nil {
			out = append(out, v)
		}
	}
	return out
}

// refusal is what Python raises for an expression; nil where it takes it.
func refusal(expression string, v python.Version) *python.Exception {
	_, err := re.Compile(expression, v, 0)
	var raised *python.Exception
	if errors.As(err, &raised) {
		return raised
	}
	return nil
}

// alternatives cuts an expression at the bars that stand in no group and no class.
func alternatives(expression string) []string {
	var out []string
	depth, class, from := 0, false, 0
	for i := 0; i < len(expression); i++ {
		switch c := expression[i]; {
		case c == '\\':
			i++
		case class:
			class = c != ']'
		case c == '[':
			class = true
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == '|' && depth == 0:
			out = append(out, expression[from:i])
			from = i + 1
		}
	}
	return append(out, expression[from:])
}

// group gives what stands in the group that an expression wholly is.
func group(expression string) (inner string, ok bool) {
	if !strings.HasPrefix(expression, "(") || len(expression) < 2 || closing(expression) != len(expression)-1 {
		return "", false
	}
	inner = expression[1 : len(expression)-1]
	if rest, plain := strings.CutPrefix(inner, "?:"); plain {
		return rest, true
	}
	return inner, !strings.HasPrefix(inner, "?")
}

// closing gives the place of the bracket that closes the first group; -1 for none.
func closing(expression string) int {
	depth, class := 0, false
	for i := 0; i < len(expression); i++ {
		switch c := expression[i]; {
		case c == '\\':
			i++
		case class:
			class = c != ']'
		case c == '[':
			class = true
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// looseEnds reports whether an expression is also found in longer values, before
// or behind what it seems to mean: where it begins or ends with a letter or digit
// and nothing holds that end.
func looseEnds(expression string) (before, behind bool) {
	expression = withoutFlags(expression)
	for _, a := range alternatives(expression) {
		before, behind = before || looseStart(a), behind || looseEnd(a)
	}
	return before, behind
}

func looseStart(expression string) bool {
	if end := closing(expression); end > 0 && expression[0] == '(' {
		inner, ok := group(expression[:end+1])
		before, _ := looseEnds(inner)
		return ok && before
	}
	return expression != "" && word(expression[0])
}

func looseEnd(expression string) bool {
	last := len(expression) - 1
	if last < 0 || escaped(expression, last) {
		return false
	}
	for i := range expression {
		if expression[i] == '(' && !escaped(expression, i) && closing(expression[i:]) == last-i {
			inner, ok := group(expression[i:])
			_, behind := looseEnds(inner)
			return ok && behind
		}
	}
	return word(expression[last])
}

// withoutFlags takes (?i) and its like away.
func withoutFlags(expression string) string {
	rest, ok := strings.CutPrefix(expression, "(?")
	if flags, behind, closed := strings.Cut(rest, ")"); ok && closed && strings.Trim(flags, "aiLmsux") == "" {
		return behind
	}
	return expression
}

func word(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// escaped reports whether a backslash takes the meaning of the byte at a place.
func escaped(text string, at int) bool {
	n := 0
	for at--; at >= 0 && text[at] == '\\'; at-- {
		n++
	}
	return n%2 == 1
}

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
