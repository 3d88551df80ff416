package walkcheck

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/platform"
)

// asker puts questions to the installed httpd.
type asker struct {
	t        *testing.T
	program  string
	modules  string // folder
	dir      string
	deps     []string // files that others need, or that every question needs
	sections map[byte][2]string
}

func newAsker(t *testing.T) *asker {
	t.Helper()
	program, modules := labtest.Httpd(t)
	return &asker{
		t: t, program: program, modules: modules, dir: t.TempDir(),
		deps: []string{"mpm_event", "authn_core", "authz_core", "proxy", "cache", "session", "dav", "dbd", "ldap", "request"},
		sections: map[byte][2]string{
			'V': {"<VirtualHost *:1>", "</VirtualHost>"}, 'D': {"<Directory /x>", "</Directory>"}, 'L': {"<Location /x>", "</Location>"},
			'F': {"<Files x>", "</Files>"}, 'P': {"<Proxy *>", "</Proxy>"}, 'M': {"<Directory /x>\n<Limit GET>", "</Limit>\n</Directory>"},
		},
	}
}

// installed gives the names of the module files without those that cannot be
// loaded together, and without mod_shib.so, whose module is not called shib_module.
func (a *asker) installed() []string {
	files, err := filepath.Glob(filepath.Join(a.modules, "mod_*.so"))
	if err != nil {
		a.t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(f), "mod_"), ".so")
		if !strings.HasPrefix(name, "mpm_") && name != "shib" && !slices.Contains(a.deps, name) {
			names = append(names, name)
		}
	}
	return append(slices.Clone(a.deps), names...)
}

// run starts httpd with modules and a text.
func (a *asker) run(modules []string, text string, args ...string) string {
	a.t.Helper()
	var conf strings.Builder
	fmt.Fprintf(&conf, "ServerName localhost\nErrorLog /dev/null\nDefaultRuntimeDir %[1]s\nPidFile %[1]s/pid\n", a.dir)
	for _, m := range modules {
		fmt.Fprintf(&conf, "LoadModule %s_module %s/mod_%s.so\n", m, a.modules, m)
	}
	file := filepath.Join(a.dir, "ask.conf")
	if err := os.WriteFile(file, []byte(conf.String()+text+"\n"), 0o600); err != nil {
		a.t.Fatal(err)
	}
	cmd := exec.Command(a.program, append([]string{"-f", file}, args...)...)
	cmd.Env = []string{"PATH=/usr/bin:/bin"}
	out, err := cmd.CombinedOutput()
	if _, refused := err.(*exec.ExitError); err != nil && !refused {
		a.t.Fatal(err)
	}
	return string(out)
}

// listed asks for the names and contexts of all directives, by module.
func (a *asker) listed() map[string][]entry {
	a.t.Helper()
	out := map[string][]entry{}
	var e entry
	for line := range strings.Lines(a.run(a.installed(), "", "-L")) {
		if name, file, ok := strings.Cut(strings.TrimSuffix(line, ")\n"), " ("); ok && line[0] != '\t' {
			e = entry{name: name, symbol: symbolOf(file)}
			continue
		}
		rest, ok := strings.CutPrefix(line, "\tAllowed in *.conf ")
		if ok {
			e.outer, e.inner = !strings.HasPrefix(rest, "only inside"), !strings.HasPrefix(rest, "only outside")
			out[e.symbol] = append(out[e.symbol], e)
		}
		if strings.HasPrefix(line, "\twhen AllowOverride ") {
			list := out[e.symbol]
			list[len(list)-1].auth = strings.Contains(line, "AuthConfig") || strings.Contains(line, "isn't None")
		}
	}
	return out
}

// symbolOf gives the symbol of a module by its source file.
func symbolOf(file string) string {
	switch file {
	case "core.c", "http_core.c":
		return strings.TrimSuffix(strings.TrimSuffix(file, ".c"), "_core") + "_module"
	case "util_ldap.c":
		return "ldap_module"
	case "event.c":
		return "mpm_event_module"
	}
	name := strings.TrimSuffix(strings.TrimSuffix(file, ".c"), ".cpp")
	return strings.TrimPrefix(name, "mod_") + "_module"
}

// answers are what httpd says to a wrong number of arguments (invoke_cmd in
// server/config.c); some are the beginning of others, which stand before them.
var answers = []struct {
	sentence string
	kind     string
}{
	{" takes no arguments", "none"},
	{" takes one, two or three arguments", "123"},
	{" takes one or three arguments", "13"},
	{" takes one argument", "1"},
	{" takes two or three arguments", "23"},
	{" takes two arguments", "2"},
	{" takes 1-2 arguments", "12"},
	{" takes three arguments", "3"},
	{" requires at least two arguments", "each2"},
	{" requires at least one argument", "each"},
	{" must be On or Off", "flag"},
}

// kind asks how many arguments a directive takes: a line with none is wrong for
// all kinds but two, and the answer names the kind.
func (a *asker) kind(e entry) string {
	a.t.Helper()
	if strings.HasPrefix(e.name, "<") {
		return "raw"
	}
	none, many := a.counted(e, e.name), a.counted(e, e.name+strings.Repeat(" x", 9))
	_, most := kinds()[none].Limits()
	switch {
	case none == "" && many == "":
		return "raw"
	case none == "":
		return many
	case none != many && (most != platform.Many || many != ""):
		a.t.Errorf("%s: %q to none, %q to nine", e.name, none, many)
	}
	return a.exactly(e, none)
}

// exactly asks whether empty words count as for other directives of the kind: a
// module may count by itself, in the same words.
func (a *asker) exactly(e entry, kind string) string {
	a.t.Helper()
	if kind != "each" && kind != "each2" {
		return kind
	}
	first, second := a.counted(e, e.name+` "" x`) != "", a.counted(e, e.name+` x ""`) != ""
	switch {
	case first && !second:
		return kind
	case first && kind == "each2":
		return "own2"
	}
	return "raw"
}

func (a *asker) counted(e entry, line string) string {
	a.t.Helper()
	out := a.put(e, line, a.home(e))
	for _, answer := range answers {
		if strings.Contains(out, "\n"+e.name+answer.sentence) {
			return answer.kind
		}
	}
	return ""
}

// home is where a directive may stand: 0 outside of sections.
func (a *asker) home(e entry) byte {
	if e.outer {
		return 0
	}
	return 'D'
}

// put gives httpd's answer to a line within a section.
func (a *asker) put(e entry, line string, place byte) string {
	a.t.Helper()
	s := a.sections[place]
	modules := slices.Clone(a.deps)
	name := strings.TrimSuffix(e.symbol, "_module")
	if _, err := os.Stat(filepath.Join(a.modules, "mod_"+name+".so")); err == nil && !slices.Contains(modules, name) {
		modules = append(modules, name)
	}
	out := a.run(modules, s[0]+"\n"+line+"\n"+s[1], "-t")
	if strings.Contains(out, "Invalid command") || strings.Contains(out, "Cannot load "+a.modules) {
		a.t.Fatalf("%s in %q: %s", e.name, s[0], out)
	}
	return out
}

// never asks which sections a directive refuses to stand in.
func (a *asker) never(e entry, kind string) string {
	a.t.Helper()
	least, _ := kinds()[kind].Limits()
	line := e.name + strings.Repeat(" x", max(least, 1))
	switch {
	case kind == "none":
		line = e.name
	case kind == "flag":
		line = e.name + " On"
	case strings.HasPrefix(e.name, "<"):
		line = e.name + " x>\n</" + e.name[1:] + ">"
	}
	out := ""
	for _, p := range []byte(letters) {
		if inner := p != 'V'; inner && !e.inner || !inner && !e.outer {
			continue
		}
		said := a.put(e, line, p)
		if strings.Contains(said, "\n"+e.name+" cannot occur within") || strings.Contains(said, "\n"+e.name+"> cannot occur within") {
			out += string(p)
		}
		if strings.Contains(said, "\n"+e.name+" not allowed ") {
			a.t.Errorf("%s is not allowed in %c", e.name, p)
		}
	}
	return out
}
