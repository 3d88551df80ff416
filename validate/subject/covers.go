package subject

import (
	"path"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// Covers reports whether what was given has the folder that a path lies in: the
// machine itself has it, and a whole tree has all below its ServerRoot. Else a copy
// or a rendered tree holds what it brings, and nothing of the rest.
func (t *Tree) Covers(name string) bool {
	full := t.Path(name)
	show := t.files.Show(full)
	switch {
	case !t.Part && (show == full || strings.HasPrefix(full, t.Path(".")+"/")):
		return true
	case t.Part && show == full && !t.besideIt(full):
		return false // the file is for another machine, or for a container
	}
	_, _, err := t.Stat(path.Dir(full))
	return err == nil
}

// besideIt reports whether a path lies under the same top as a file of the tree.
func (t *Tree) besideIt(full string) bool {
	return slices.ContainsFunc(t.Conf.Sources, func(s *httpdconf.Source) bool { return top(s.Path) == top(full) })
}

// top gives the first two names of a path, such as /etc/httpd.
func top(full string) string {
	names := strings.SplitN(full, "/", 4)
	return strings.Join(names[:min(3, len(names))], "/")
}
