package python

import (
	"math"
	"strings"
)

// LiteralEval is ast.literal_eval. An *Exception is a ValueError (no literal), a
// SyntaxError (no expression; also where Python raises its subclasses), a
// TypeError (an unhashable key), an OverflowError (an int of a complex number), a
// RecursionError or a MemoryError. Where the text holds a lambda, comprehension,
// f-string, await or yield, or a NUL, a SyntaxError may be told as a ValueError;
// Keystone takes both alike.
//
// An *Undecidable is told for lone surrogates, characters by name (\N{…}), and a
// depth at which Python's answer hangs on the depth of its caller.
func LiteralEval(s string, ver Version) (any, error) {
	if ver.AtLeast(10) {
		s = strings.TrimLeft(s, " \t")
	}
	if strings.IndexByte(s, 0) >= 0 {
		return nil, syntaxError("source code string cannot contain null bytes")
	}
	n, err := parse(universalNewlines(s), ver)
	if err != nil {
		return nil, err
	}
	if err := tooDeep(n.depth, ver); err != nil {
		return nil, err
	}
	return n.convert()
}

func universalNewlines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// tooDeep judges the depth of the tree, which long chains of operators make. The
// limit is less the deeper Python has been called; 3.9 and 3.10 have none but the
// end of the C stack.
func tooDeep(depth int, ver Version) error {
	least, most := 2000, 3100
	switch {
	case !ver.AtLeast(11):
		least, most = 20_000, math.MaxInt
	case ver.AtLeast(13):
		least, most = 5000, 12_000
	}
	switch {
	case depth < least:
		return nil
	case depth < most:
		return undecidable("a chain of %d operators is about as long as Python can take", depth)
	}
	return raise("RecursionError", "maximum recursion depth exceeded during ast construction")
}
