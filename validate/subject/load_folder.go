package subject

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// folder reads a folder: the root of a machine or a copy of one, a copy of httpd's
// folder, or any folder with files in it.
func (l *loader) folder(dir string) error {
	main, o, err := find(dir)
	whole := err == nil && !lonely(o, main)
	if whole {
		if err := l.main(main, o); err != nil {
			return err
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "etc")); err == nil && info.IsDir() {
		return l.root(dir, whole)
	}
	if whole {
		return nil
	}
	return l.walk(dir, func(name string, src []byte) error { return l.file(name, src, false) })
}

// root reads what a machine's root holds, in the places where the programs keep it;
// where there is nothing, all of its etc, as deployment tools have folders of their own
// (/etc/kolla).
func (l *loader) root(dir string, whole bool) error {
	l.detect(dir)
	if !whole {
		l.partsOf(dir)
	}
	for _, place := range places() {
		err := l.walk(filepath.Join(dir, place), func(name string, src []byte) error {
			switch KindOf(name, src) {
			case HTTPD:
				if binary(src) {
					l.notText(name)
				}
				return nil
			case Metadata:
				return nil
			}
			return l.file(name, src, false)
		})
		if err != nil {
			return err
		}
	}
	if len(l.site.Trees)+len(l.site.Files) > 0 {
		return nil
	}
	return l.walk(filepath.Join(dir, "etc"), func(name string, src []byte) error { return l.file(name, src, false) })
}

// places are where Keystone, Horizon, clients and fedstone keep their files.
func places() []string {
	return []string{"etc/keystone", "etc/openstack-dashboard", "etc/openstack", "usr/share/openstack-dashboard/openstack_dashboard/local", "var/lib/fedstone"}
}

// partsOf reads httpd's files where the main one is not at hand, as a rendered tree
// has them.
func (l *loader) partsOf(dir string) {
	for root, patterns := range map[string][]string{
		"/etc/httpd":   {"conf.modules.d/*.conf", "conf.d/*.conf"},
		"/etc/apache2": {"mods-enabled/*.load", "mods-enabled/*.conf", "conf-enabled/*.conf", "sites-enabled/*.conf", "conf.d/*.conf", "keystone-federation/*.conf"},
		// Where fedstone lays vhosts for an Include of the operator's own (internal/platform).
		"/etc/keystone/federation": {"*.conf"},
	} {
		var names []string
		for _, p := range patterns {
			found, _ := filepath.Glob(filepath.Join(dir, root, p))
			slices.Sort(found)
			for _, f := range found {
				rest, _ := strings.CutPrefix(filepath.Clean(f), filepath.Clean(dir))
				names = append(names, filepath.ToSlash(rest))
			}
		}
		if len(names) > 0 {
			l.mirrored(dir, root, names)
		}
	}
}

// maxWalk bounds how many files of a folder are looked at.
const maxWalk = 100_000

// walk gives every regular file below a folder that may be one of ours. A folder
// that is not there has none.
func (l *loader) walk(dir string, take func(name string, src []byte) error) error {
	seen := 0
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			if !os.IsNotExist(err) {
				l.unreadable(name, err)
			}
			return nil
		}
		if d.IsDir() {
			if base := d.Name(); name != dir && (strings.HasPrefix(base, ".") || base == "node_modules") {
				return fs.SkipDir
			}
			return l.inner(dir, name)
		}
		if seen++; seen > maxWalk {
			return fs.SkipAll
		}
		if !interesting(name) {
			return nil
		}
		src, err := read(name)
		if err != nil {
			l.unreadable(name, err)
			return nil
		}
		return take(name, src)
	})
}

// inner takes a folder inside of one as a tree of its own, where httpd's main file
// is in it.
func (l *loader) inner(outer, dir string) error {
	if dir == outer {
		return nil
	}
	main, o, err := httpdconf.Find(dir)
	if err != nil || lonely(o, main) {
		return nil
	}
	if err := l.folder(dir); err != nil {
		return err
	}
	return fs.SkipDir
}

// interesting tells by the name whether a file may be one of ours.
func interesting(name string) bool {
	switch filepath.Ext(name) {
	case ".conf", ".json", ".py", ".yaml", ".yml", ".provider", ".client", ".load":
		return !strings.HasSuffix(name, "manifest.json")
	}
	return false
}
