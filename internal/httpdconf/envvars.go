package httpdconf

import (
	"os"
	"strings"
)

// Envvars reads Debian's /etc/apache2/envvars: what it exports. It knows
// assignments and variables in them, no other shell; of several assignments the
// last counts, and what a program would have to be run for is left out.
func Envvars(text string) map[string]string {
	all, exported := map[string]string{}, map[string]string{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		assignment, export := strings.CutPrefix(line, "export ")
		name, value, ok := strings.Cut(assignment, "=")
		if !ok || !isName(name) || strings.ContainsAny(value, "`(") || strings.Contains(value, "##") {
			continue
		}
		value = os.Expand(unquoted(value), func(name string) string { return all[defaulted(name)] })
		if all[name] = value; export {
			exported[name] = value
		}
	}
	return exported
}

// defaulted takes the name of `${NAME:-value}`.
func defaulted(name string) string {
	name, _, _ = strings.Cut(name, ":")
	return name
}

func unquoted(value string) string {
	if len(value) > 1 && (value[0] == '"' || value[0] == '\'') && value[len(value)-1] == value[0] {
		return value[1 : len(value)-1]
	}
	return value
}

func isName(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return r != '_' && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
}
