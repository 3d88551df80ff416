package oslo

import "strings"

// piece is a part of a value: plain text, or a reference by name.
type piece struct {
	text string
	name string // empty of plain text
}

// References gives the names that oslo.config replaces in a text, in order:
// "name" of $name and ${name}, "group.name" of $group.name and ${group.name}.
// They may be pieces of a secret that was meant to have a '$'.
func References(text string) []string {
	var names []string
	for _, p := range pieces(text) {
		if p.name != "" {
			names = append(names, p.name)
		}
	}
	return names
}

// pieces cuts a value as ConfigOpts._substitute does, with a template
// (string.Template of Python) whose names may hold dots: "$$" and `\$` are a
// dollar sign, and so is one that begins nothing.
func pieces(text string) []piece {
	text = strings.ReplaceAll(text, `\$`, "$$")
	var all []piece
	for {
		before, rest, found := strings.Cut(text, "$")
		if before != "" {
			all = append(all, piece{text: before})
		}
		if !found {
			return all
		}
		var p piece
		p, text = dollar(rest)
		all = append(all, p)
	}
}

// dollar reads what follows a dollar sign, and gives what is left.
func dollar(rest string) (piece, string) {
	if left, ok := strings.CutPrefix(rest, "$"); ok {
		return piece{text: "$"}, left
	}
	if n := nameLength(rest); n > 0 {
		return piece{name: rest[:n]}, rest[n:]
	}
	if braced, ok := strings.CutPrefix(rest, "{"); ok {
		n := nameLength(braced)
		if left, closed := strings.CutPrefix(braced[n:], "}"); closed && n > 0 {
			return piece{name: braced[:n]}, left
		}
	}
	return piece{text: "$"}, rest
}

// nameLength is the length of the name [_a-z][._a-z0-9]* in front of a text.
func nameLength(text string) int {
	for i, r := range text {
		if !nameStart(r) && (i == 0 || r != '.' && (r < '0' || r > '9')) {
			return i
		}
	}
	return len(text)
}

// nameStart is [_a-z] without case as Python takes it, to which belong four
// characters that are letters of ASCII in another case.
func nameStart(r rune) bool {
	return r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("\u0130\u0131\u017f\u212a", r)
}
