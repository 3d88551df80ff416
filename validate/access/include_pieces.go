package access

import (
	"path"
	"slices"

	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

// includeFolders are where files of layout include may lie: beside httpd's main file, in
// the folder above it, and where the platform has them.
func includeFolders(site *subject.Site, t *subject.Tree) []string {
	main := path.Dir(t.Conf.Sources[0].Path)
	folders := []string{path.Join(main, platform.IncludeFolder), path.Join(path.Dir(main), platform.IncludeFolder)}
	if l := site.Platform.Layout; l.MetadataDir != "" {
		server, _ := l.Includes()
		folders = append(folders, path.Dir(server))
	}
	slices.Sort(folders)
	return slices.Compact(folders)
}

// eachIncludeFolder is for every such folder of a whole tree.
func eachIncludeFolder(p *rule.Pass, do func(t *subject.Tree, folder string)) {
	for _, t := range p.Trees {
		if t.Part {
			continue
		}
		for _, folder := range includeFolders(p.Site, t) {
			do(t, folder)
		}
	}
}

// isThere reports whether a file is at hand, and wasRead whether httpd reads it.
func isThere(t *subject.Tree, file string) bool {
	_, _, err := t.Stat(file)
	return err == nil
}

func wasRead(t *subject.Tree, file string) bool {
	return slices.ContainsFunc(t.Conf.Sources, func(s *httpdconf.Source) bool { return s.Path == file })
}

// writtenIn reports whether a command stands in a file.
func writtenIn(c *httpdconf.Command, file string) bool {
	source := c.Unit().Source
	return source != nil && source.Path == file
}

// outermost are the commands of a file that stand in no section of it.
func outermost(t *subject.Tree, file string) []*httpdconf.Command {
	var out []*httpdconf.Command
	for c := range t.Conf.All() {
		if writtenIn(c, file) && (c.Parent() == nil || !writtenIn(c.Parent(), file)) {
			out = append(out, c)
		}
	}
	return out
}
