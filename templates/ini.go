package templates

import (
	"errors"
	"fmt"
	"strings"
)

// iniValue writes a value for oslo.config, which replaces $name.
func iniValue(value string) (string, error) {
	if value == "" || strings.TrimSpace(value) != value || strings.ContainsFunc(value, func(r rune) bool { return r < 0x20 || r == 0x7f }) {
		return "", errors.New("a value is empty, or holds outer blanks or control characters, which keystone.conf cannot carry")
	}
	if strings.ContainsAny(value[:1], `"'`) {
		return "", errors.New("a value begins with a quote, which oslo.config would take off")
	}
	return strings.ReplaceAll(value, "$", "$$"), nil
}

// readINI reads what keystone.conf.tmpl can hold: sections, comments and options
// of one line. Anything else is an error.
func readINI(text []byte) ([]option, error) {
	var out []option
	section := ""
	for i, line := range strings.Split(string(text), "\n") {
		name, value, isOption := strings.Cut(line, " = ")
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[' && line[len(line)-1] == ']':
			section = line[1 : len(line)-1]
		case isOption && section != "":
			out = append(out, option{section, name, strings.ReplaceAll(value, "$$", "$")})
		default:
			return nil, fmt.Errorf("line %d is no option", i+1)
		}
	}
	return out, nil
}
