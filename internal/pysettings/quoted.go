package pysettings

import "strings"

// quoted reads a string whose prefix is so many bytes long.
func (l *lexer) quoted(prefix int) {
	s := l.rest()
	length := stringLength(s, prefix)
	formatted := strings.ContainsAny(s[:prefix], "fF")
	newer := length
	if formatted {
		newer = formattedLength(s, prefix)
	}
	switch {
	case length == 0 && newer == 0:
		l.refuse(l.at, prefix+quoteWidth(s[prefix:]), "the string that begins here is never closed", "add "+s[prefix:prefix+quoteWidth(s[prefix:])]+" at its end")
	case length != newer:
		l.opaque = "it has an f-string that Pythons before 3.12 read differently"
	default:
		l.add(stringToken, length)
	}
}

// quoteWidth is 3 for a triple quote, and else 1.
func quoteWidth(s string) int {
	if len(s) >= 3 && s[1] == s[0] && s[2] == s[0] {
		return 3
	}
	return 1
}

// stringLength gives the length of a string token, or 0 if it does not end.
func stringLength(s string, prefix int) int {
	width := quoteWidth(s[prefix:])
	quote := s[prefix : prefix+width]
	for i := prefix + width; i < len(s); i++ {
		switch {
		case s[i] == quote[0] && strings.HasPrefix(s[i:], quote):
			return i + width
		case s[i] == '\\':
			i += max(1, breakLength(s[i+1:]))
		case width == 1 && breakLength(s[i:]) > 0:
			return 0
		}
	}
	return 0
}

// formattedLength is stringLength for an f-string as Python 3.12 and later read
// it: its fields are code, and may hold its own quote.
func formattedLength(s string, prefix int) int {
	width := quoteWidth(s[prefix:])
	quote := s[prefix : prefix+width]
	for i := prefix + width; i < len(s); {
		switch {
		case strings.HasPrefix(s[i:], quote):
			return i + width
		case width == 1 && breakLength(s[i:]) > 0:
			return 0
		case s[i] == '\\':
			i += 1 + max(1, breakLength(s[min(i+1, len(s)):]))
		case strings.HasPrefix(s[i:], "{{"):
			i += 2
		case s[i] == '{':
			n := fieldLength(s[i:], quote)
			if n == 0 {
				return 0
			}
			i += n
		default:
			i++
		}
	}
	return 0
}

// fieldLength gives the length of a plain field {…}, or 0. A field that holds a
// string, a backslash, a comment or a line end is none: no two Pythons need to
// agree on it.
func fieldLength(s, quote string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		case '\\', '#', '\n', '\r', quote[0]:
			return 0
		}
	}
	return 0
}
