package httpdconf

import (
	"maps"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
)

// Options say what a configuration does not say itself. The zero Options are for
// this machine, seen from its root, with nothing defined.
type Options struct {
	Files Files // nil: this machine's

	ServerRoot string            // where relative paths begin until ServerRoot is read (httpd -d); "" is "/"
	Defines    []string          // names given with -D
	Before     []string          // directives given with -C, read before the main file
	After      []string          // directives given with -c, read behind it
	Env        map[string]string // httpd's environment, for ${NAME}
	Version    Version           // zero: unknown; conditions that depend on it are told

	// Static are the symbols of the modules that httpd is built with; nil stands for
	// StaticModules("").
	Static []string
	// Modules are symbols of modules that something else loads, such as the main file
	// of which only a part is at hand.
	Modules []string
	// Part says that the file is included by one that is not at hand: what the tree
	// does not load itself is taken as loaded, and each such guess is told.
	Part bool

	// Limits that keep hostile trees from taking everything; zero means the default.
	MaxBytes    int64 // text to be read, repetitions counted: 512 MiB
	MaxFileSize int64 // of one file: 256 MiB
	MaxFiles    int   // files opened, repetitions counted: 1 million
	MaxCommands int   // commands in the tree and executed: 8 million
	MaxErrors   int   // errors after which reading ends: 100
}

func (o Options) filled() Options {
	if o.Files == nil {
		o.Files = Disk()
	}
	if o.ServerRoot == "" {
		o.ServerRoot = "/"
	}
	if o.Static == nil {
		o.Static = StaticModules("")
	}
	o.MaxBytes, o.MaxFileSize = or(o.MaxBytes, 512<<20), or(o.MaxFileSize, 256<<20)
	o.MaxFiles, o.MaxCommands, o.MaxErrors = or(o.MaxFiles, 1e6), or(o.MaxCommands, 8e6), or(o.MaxErrors, 100)
	return o
}

func or[T int | int64](value, otherwise T) T {
	if value == 0 {
		return otherwise
	}
	return value
}

// Load reads a configuration from its main file as httpd does. main is a path as
// httpd sees it; relative to ServerRoot.
//
// The findings are what httpd refuses (errors) or takes otherwise than it looks
// (warnings), and what had to be guessed (infos). httpd stops at the first error,
// Tree.Refused, if that is not a NUL byte; Load goes on where that makes sense. The error is for a main file
// that cannot be read: there is no tree then.
func Load(main string, options Options) (*Tree, finding.List, error) {
	l := newLoader(options.filled())
	name, ok := merge(l.root, main)
	if !ok {
		return nil, nil, errMainPath
	}
	source, err := l.source(name)
	if err == nil && int64(len(source.Text)) > l.opt.MaxBytes {
		err = errTooLarge
	}
	if err != nil {
		return nil, nil, mainError(l.opt.Files.Show(name), err)
	}
	l.given(l.opt.Before)
	l.file(source, nil)
	l.given(l.opt.After)
	l.end()
	return l.tree, l.found, nil
}

// loader is one run of Load.
type loader struct {
	opt     Options
	tree    *Tree
	found   finding.List
	errors  int
	stopped bool // nothing more is read

	root    string // ServerRoot
	defines *defines
	modules modules
	macros  map[string]*macro // nil until the first <Macro>
	sources map[string]*Source
	keys    map[string]string // names to their lower case, so that each is held once
	told    map[string]bool   // guesses that were told

	parents []*Command // open sections, outermost first
	slab    []Command  // room for the next commands
	bodies  []body     // and for what sections have besides
	count   int        // of commands
	depth   int        // of includes
	files   int
	bytes   int64
}

func newLoader(o Options) *loader {
	return &loader{
		opt: o, tree: &Tree{}, root: o.ServerRoot,
		defines: newDefines(o.Defines, o.Env), modules: newModules(o),
		sources: map[string]*Source{}, keys: map[string]string{}, told: map[string]bool{},
	}
}

func (l *loader) end() {
	l.tree.modules, l.tree.Modules = l.modules, l.modules.order
	l.tree.Defines = slices.Sorted(maps.Keys(l.defines.names))
	l.found.Sort()
}

// slab is how many commands are made at once: they fill whole pages.
const slab = 315

// command makes room for one: they are many, and live as long as the tree.
func (l *loader) command() *Command {
	if l.count++; len(l.slab) == 0 {
		l.slab = make([]Command, min(slab, 16+l.count))
	}
	c := &l.slab[0]
	l.slab = l.slab[1:]
	return c
}

// room is command for what sections have besides.
func (l *loader) room() *body {
	if len(l.bodies) == 0 {
		l.bodies = make([]body, min(slab, 16+l.count))
	}
	b := &l.bodies[0]
	l.bodies = l.bodies[1:]
	return b
}

func (l *loader) key(name string) string {
	key, ok := l.keys[name]
	if !ok {
		key = fold(name)
		if len(l.keys) < maxKnown {
			l.keys[name] = key
		}
	}
	return key
}

func (l *loader) parent() *Command {
	if len(l.parents) == 0 {
		return nil
	}
	return l.parents[len(l.parents)-1]
}
