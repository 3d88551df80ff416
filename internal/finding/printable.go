package finding

import (
	"fmt"
	"strings"
	"unicode"
)

// Printable makes a foreign text safe for a terminal and for one line of a
// report: control, format (bidirectional, zero-width) and invalid characters
// become escapes such as \x1b.
func Printable(s string) string {
	return strings.Join(escape(s, false), "")
}

// PrintableLines is Printable, but keeps line feeds.
func PrintableLines(s string) string {
	return strings.Join(escape(s, true), "")
}

func escape(s string, keepLines bool) []string {
	if plain(s) {
		return []string{s}
	}
	parts := make([]string, 0, len(s))
	for i, r := range s {
		switch {
		case r == '\n' && keepLines:
			parts = append(parts, "\n")
		case r == '\t':
			parts = append(parts, "    ")
		case r == unicode.ReplacementChar && s[i] != 0xEF:
			parts = append(parts, fmt.Sprintf(`\x%02x`, s[i]))
		case r < 0x80 && unicode.IsControl(r):
			parts = append(parts, fmt.Sprintf(`\x%02x`, r))
		case !unicode.IsPrint(r):
			parts = append(parts, fmt.Sprintf(`\u%04x`, r))
		default:
			parts = append(parts, string(r))
		}
	}
	return parts
}

// plain reports whether a text is printable ASCII, as nearly every one is.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
