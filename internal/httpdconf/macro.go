package httpdconf

import (
	"fmt"
	"strings"
)

// maxMacroLine is the buffer that mod_macro reads and fills a line in, with the
// newline and the zero at its end (MAX_STRING_LEN).
const maxMacroLine = 8192

// macro is one definition. lines end with a newline.
type macro struct {
	name     string // in lower case
	location string // as httpd says where it was defined
	params   []string
	lines    []string
	origin   []origin
}

// macroWords is get_arguments.
func macroWords(line string) []string {
	var words []string
	for line = strings.TrimLeft(line, " \t"); line != ""; line = strings.TrimLeft(line, " \t") {
		w, next, _ := nextWord(line, 0)
		words = append(words, w.value)
		line = line[next:]
	}
	return words
}

// checkParams is check_macro_arguments: an error that httpd stops at, or "".
func (m *macro) checkParams() string {
	seen := map[string]int{}
	for i, p := range m.params {
		if p == "" {
			return fmt.Sprintf("the macro's parameter %d has no name", i+1)
		}
		if first, ok := seen[p]; ok {
			return fmt.Sprintf("the macro's parameters %d and %d have one name", first, i+1)
		}
		seen[p] = i + 1
	}
	return ""
}

// expand gives the macro's lines with the values in place of the parameters; an
// error is text for the user.
func (m *macro) expand(values []string) (lines []string, problem string) {
	for i, line := range m.lines {
		replaced, ok := m.substitute(line, values)
		if !ok {
			return nil, fmt.Sprintf("line %d of the macro becomes longer than the %d bytes that httpd has for it", i+1, maxMacroLine-2)
		}
		lines = append(lines, replaced)
	}
	return lines, ""
}

// substitute is substitute_macro_args, with its way of going on: by the length of
// the value, even where quotes around it made it longer.
func (m *macro) substitute(line string, values []string) (string, bool) {
	for at := 0; ; {
		found, which := m.nextParam(line[min(at, len(line)):])
		if which < 0 {
			return line, true
		}
		at += found
		name, value := m.params[which], values[which]
		if name != value {
			text := value
			if name[0] == '@' {
				text = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
			}
			line = line[:at] + text + line[at+len(name):]
		}
		if len(line) >= maxMacroLine {
			return "", false
		}
		at += len(value)
	}
}

// nextParam is next_substitution: the first parameter in a text, of several at one
// place the longest.
func (m *macro) nextParam(text string) (at, which int) {
	which = -1
	for i, p := range m.params {
		found := strings.Index(text, p)
		if found < 0 {
			continue
		}
		if which < 0 || found < at || found == at && len(p) > len(m.params[which]) {
			at, which = found, i
		}
	}
	return at, which
}
