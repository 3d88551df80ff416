package httpdconf

import (
	_ "embed"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed modules.txt
var modulesText string

// Module is one module of httpd. Symbol is what LoadModule names, File what
// <IfModule> may name instead (the source file), Directives those it brings;
// sections begin with `<`.
type Module struct {
	Symbol     string
	File       string
	Directives []string
}

// stock are the modules of httpd 2.4 and the well-known ones of others.
var stock = sync.OnceValue(func() map[string]Module {
	modules := map[string]Module{}
	for line := range strings.Lines(modulesText) {
		words := strings.Fields(line)
		if len(words) < 2 || words[0] == "#" {
			continue
		}
		modules[words[0]] = Module{Symbol: words[0], File: words[1], Directives: words[2:]}
	}
	return modules
})

// Modules gives the modules that are known, in no order: httpd's own, and the
// well-known ones of others. A directive "?" stands for more that are not known.
func Modules() iter.Seq[Module] { return maps.Values(stock()) }

// ModulesWith gives the symbols of the known modules that bring a directive or
// section (which is asked for with `<` in front), sorted; none if there are none.
func ModulesWith(key string) []string {
	var out []string
	for m := range Modules() {
		if slices.ContainsFunc(m.Directives, func(d string) bool { return equalFold(d, key) }) {
			out = append(out, m.Symbol)
		}
	}
	slices.Sort(out)
	return out
}

// moduleOf gives a module by its symbol. Of an unknown one only the usual name of
// its source is guessed; known is false then.
func moduleOf(symbol string) (m Module, known bool) {
	if m, known = stock()[symbol]; known {
		return m, true
	}
	return Module{Symbol: symbol, File: "mod_" + strings.TrimSuffix(symbol, "_module") + ".c"}, false
}

// StaticModules gives the modules that a distribution's httpd is built with, by
// symbol: of "debian" (and Ubuntu), else those of every other build, such as EL's.
func StaticModules(distribution string) []string {
	static := []string{"core_module", "so_module", "http_module"}
	if distribution == "debian" {
		static = append(static, "watchdog_module", "log_config_module", "logio_module", "version_module", "unixd_module")
	}
	return static
}
