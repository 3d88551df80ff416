package walkcheck

import (
	"strings"
	"sync"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/platform"
)

// state is how much is known of a name.
type state int

const (
	undecided state = iota // a module may have it of which nothing is known
	judged                 // entries say all
	unknown                // no loaded module has it
)

// found is what is known of one name.
type found struct {
	state   state
	entries []entry
	sure    bool     // of unknown
	near    string   // of unknown
	modules []string // of unknown: those that would bring it
}

// lookup answers for the modules of a tree; it keeps what it found, since the same
// names come again and again.
type lookup struct {
	tree   *httpdconf.Tree
	tables []platform.Table // of the version, or all
	loaded map[string]bool
	known  map[string]found
	names  map[string]string // for Near, by lower case; nil until it is asked for
	sorted []string          // the keys of names
	asked  int               // how often it was
}

func newLookup(tree *httpdconf.Tree, table platform.Table) *lookup {
	l := &lookup{tree: tree, tables: []platform.Table{table}, loaded: map[string]bool{}, known: map[string]found{}}
	if table.Len() == 0 {
		l.tables = allTables()
	}
	for _, symbol := range tree.Modules {
		l.loaded[likeness(symbol)] = true
	}
	return l
}

var allTables = sync.OnceValue(func() []platform.Table {
	var out []platform.Table
	for _, version := range platform.Versions() {
		table, _ := platform.TableFor(version)
		out = append(out, table)
	}
	return out
})

// likeness gives the module that has an MPM's directives in commands.txt.
func likeness(symbol string) string {
	if symbol == "mpm_prefork_module" || symbol == "mpm_worker_module" {
		return "mpm_event_module"
	}
	return symbol
}

// Names of a hostile tree are many and long: only so many are kept, and only of so
// many is looked for what was meant.
const (
	maxKept   = 10000
	maxNear   = 100
	maxLength = 64
)

func (l *lookup) find(key string) found {
	if f, ok := l.known[key]; ok {
		return f
	}
	f := l.judge(key)
	if len(l.known) < maxKept {
		l.known[key] = f
	}
	return f
}

func (l *lookup) judge(key string) found {
	if strings.HasPrefix(key, "oidc") && l.loaded["auth_openidc_module"] {
		return l.openidc(key)
	}
	var f found
	for _, symbol := range stock().names[key] {
		if l.loaded[symbol] {
			f.entries = append(f.entries, stock().modules[symbol][key])
		}
	}
	has, sure := l.tree.Knows(key)
	switch {
	case len(f.entries) > 0:
		f.state = judged
	case !has && !l.others(key, sure):
		f = l.missing(key, sure)
	}
	return f
}

// openidc asks the module's table, or all of them: what one of them takes is taken.
func (l *lookup) openidc(key string) found {
	f := found{state: judged}
	for _, table := range l.tables {
		if d, ok := table.Lookup(key); ok {
			f.entries = append(f.entries, fromTable(d))
		}
	}
	switch {
	case len(f.entries) > 0:
		return f
	case optional(key):
		return found{}
	}
	return l.missing(key, true)
}

// fromTable takes a directive over. Of this module, what may stand in sections may
// stand within <RequireAll>, too.
func fromTable(d platform.Directive) entry {
	return entry{name: d.Name, outer: d.Server, inner: d.Directory, auth: d.Directory, kind: d.Kind, least: d.MinArgs, most: d.MaxArgs, filled: 3}
}

// optional tells directives of mod_auth_openidc that only some builds have: with
// libjq, and with hiredis.
func optional(key string) bool {
	return key == "oidcfilterclaimsexpr" || key == "oidcuserinfoclaimsexpr" || strings.HasPrefix(key, "oidcredis")
}

// others tells names that a module of somebody else may have in a version that is not
// known here: one that is loaded, or may be, where it is not sure which are.
func (l *lookup) others(key string, sure bool) bool {
	prefixes := map[string]string{
		"wsgi_module": "wsgi", "oauth2_module": "oauth2", "auth_mellon_module": "mellon", "mod_shib": "shib", "auth_gssapi_module": "gssapi", "fcgid_module": "fcgid",
	}
	for symbol, prefix := range prefixes {
		if (l.loaded[symbol] || !sure) && strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}
