package subject

import (
	"io/fs"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/httpdconf/effective"
	"github.com/fedstone/fedstone/internal/httpdconf/walkcheck"
	"github.com/fedstone/fedstone/internal/platform"
)

// Tree is one httpd configuration.
type Tree struct {
	Conf   *httpdconf.Tree
	Config *effective.Config
	Found  finding.List // of reading it
	Part   bool         // only a part of a configuration is at hand: what it needs is taken as loaded elsewhere
	Module string       // mod_auth_openidc's version; "" unknown

	// Vhosts are the virtual hosts in their order, and behind them the main server.
	Vhosts []*Vhost

	files httpdconf.Files
	index map[string][]*httpdconf.Command
	owner map[*httpdconf.Command]*Vhost // of <VirtualHost>

	listed   bool // doors are there
	doors    []*Door
	walked   bool
	problems []walkcheck.Problem
}

func newTree(conf *httpdconf.Tree, found finding.List, o httpdconf.Options) *Tree {
	config, more := effective.New(conf)
	t := &Tree{Conf: conf, Config: config, Found: append(found, more...), Part: o.Part, files: o.Files,
		index: map[string][]*httpdconf.Command{}, owner: map[*httpdconf.Command]*Vhost{}}
	if t.files == nil {
		t.files = httpdconf.Disk()
	}
	t.fill()
	t.addVhosts()
	return t
}

// fill makes the index, each list at its size: there may be half a million commands.
func (t *Tree) fill() {
	count := map[string]int{}
	for c := range t.Conf.All() {
		count[c.Key()]++
	}
	for key, n := range count {
		t.index[key] = make([]*httpdconf.Command, 0, n)
	}
	for c := range t.Conf.All() {
		t.index[c.Key()] = append(t.index[c.Key()], c)
	}
}

func (t *Tree) addVhosts() {
	main := newVhost(t, t.Config.Main, nil)
	for _, s := range t.Config.Hosts {
		v := newVhost(t, s, main)
		t.owner[s.Command] = v
		t.Vhosts = append(t.Vhosts, v)
	}
	for c := range t.Conf.Top() {
		if v := t.owner[c]; v != nil {
			for child := range c.Children() {
				v.take(child)
			}
		} else {
			main.take(c)
		}
	}
	t.Vhosts = append(t.Vhosts, main)
}

// Commands gives the commands of a name in lower case, of a section with `<` in
// front ("authtype", "<location"), in the order of reading.
func (t *Tree) Commands(key string) []*httpdconf.Command { return t.index[key] }

// Keys gives every name that is used, in lower case, in no order.
func (t *Tree) Keys() []string {
	out := make([]string, 0, len(t.index))
	for k := range t.index {
		out = append(out, k)
	}
	return out
}

// VhostOf gives the virtual host that a command stands in: the main server where it
// stands in none.
func (t *Tree) VhostOf(c *httpdconf.Command) *Vhost {
	for ; c != nil; c = c.Parent() {
		if v := t.owner[c]; v != nil {
			return v
		}
	}
	return t.Main()
}

// Main gives the main server.
func (t *Tree) Main() *Vhost { return t.Vhosts[len(t.Vhosts)-1] }

// Loads reports whether a module is loaded, by its symbol (auth_openidc_module).
// sure is false where only a part of the configuration is at hand.
func (t *Tree) Loads(symbol string) (yes, sure bool) {
	for _, m := range t.Conf.Modules {
		if m == symbol {
			return true, true
		}
	}
	return false, !t.Part
}

// Since reports whether the tree's module is of a version or newer. sure is false
// where its version is unknown.
func (t *Tree) Since(version string) (yes, sure bool) {
	if t.Module == "" {
		return false, false
	}
	return platform.CompareVersions(t.Module, version) >= 0, true
}

// Before reports whether the tree's module is known to be older than a version.
func (t *Tree) Before(version string) bool {
	since, sure := t.Since(version)
	return sure && !since
}

// Stat looks at a file that the configuration names, as httpd would find it, and
// gives the name by which the user knows it. The error is httpdconf.ErrOutside for
// a path of which nothing is known.
func (t *Tree) Stat(path string) (info fs.FileInfo, show string, err error) {
	path = t.Path(path)
	info, err = t.files.Stat(path)
	return info, t.files.Show(path), err
}

// Path makes a path absolute as httpd does: relative ones begin at ServerRoot.
func (t *Tree) Path(path string) string {
	if len(path) > 0 && path[0] == '/' {
		return httpdconf.CleanPath(path)
	}
	root := "/etc/httpd"
	for _, s := range t.Conf.Sites {
		if s.Is("ServerRoot") && len(s.Argv()) == 1 {
			root = s.Argv()[0]
		}
	}
	return httpdconf.CleanPath(root + "/" + path)
}
