package mapping

import (
	"errors"
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
