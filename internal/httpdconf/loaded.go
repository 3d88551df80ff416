package httpdconf

import "slices"

// modules are those that are loaded, and what they bring.
type modules struct {
	loaded     map[string]bool // symbols
	files      map[string]bool // as <IfModule> may name them
	static     map[string]bool
	directives map[string]bool // in lower case, sections with their <
	order      []string
	blind      bool // a module is loaded whose directives are unknown, or may be
}

func newModules(o Options) modules {
	m := modules{loaded: map[string]bool{}, files: map[string]bool{}, static: map[string]bool{}, directives: map[string]bool{}, blind: o.Part}
	for _, symbol := range append([]string{"core_module"}, o.Static...) {
		m.static[symbol] = true
		m.load(symbol)
	}
	for _, symbol := range o.Modules {
		m.load(symbol)
	}
	return m
}

// load is false if the module is loaded already.
func (m *modules) load(symbol string) bool {
	if m.loaded[symbol] {
		return false
	}
	module, known := moduleOf(symbol)
	m.loaded[symbol], m.files[module.File] = true, true
	m.blind = m.blind || !known || slices.Contains(module.Directives, "?")
	for _, d := range module.Directives {
		m.directives[fold(d)] = true
	}
	m.order = append(m.order, symbol)
	return true
}

// has decides <IfModule>.
func (m *modules) has(name string) bool { return m.loaded[name] || m.files[name] }

// executes reports whether httpd executes a command while it reads: then the
// module is loaded that brings it.
func (m *modules) executes(key string) bool { return m.directives[key] }
