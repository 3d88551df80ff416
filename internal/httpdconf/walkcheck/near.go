package walkcheck

import (
	"maps"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// missing looks for what was meant by a name that no loaded module has.
func (l *lookup) missing(key string, sure bool) found {
	f := found{state: unknown, sure: sure, modules: httpdconf.ModulesWith(key)}
	if len(f.modules) > 0 || len(key) > maxLength || l.asked == maxNear {
		return f
	}
	l.asked++
	if l.names == nil {
		l.names = l.near(sure)
		l.sorted = slices.Sorted(maps.Keys(l.names))
	}
	f.near = l.names[finding.Nearest(key, l.ofLength(len(key)))]
	return f
}

// ofLength gives the names that are near by their length alone.
func (l *lookup) ofLength(n int) []string {
	var out []string
	for _, name := range l.sorted {
		if d := len(name) - n; max(d, -d) <= max(2, n/3) {
			out = append(out, name)
		}
	}
	return out
}

// near gives what a mistyped name may mean, by lower case: the directives of the
// loaded modules, or of all that are known where others may be loaded.
func (l *lookup) near(sure bool) map[string]string {
	names := map[string]string{}
	for m := range httpdconf.Modules() {
		if sure && !slices.Contains(l.tree.Modules, m.Symbol) {
			continue
		}
		for _, d := range m.Directives {
			names[strings.ToLower(d)] = d
		}
	}
	if !l.loaded["auth_openidc_module"] {
		return names
	}
	for _, table := range l.tables {
		for _, d := range table.All() {
			names[strings.ToLower(d.Name)] = d.Name
		}
	}
	return names
}
