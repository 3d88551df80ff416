package subject

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/input"
	"github.com/fedstone/fedstone/internal/platform"
)

// Options say what files do not say themselves. The zero Options know nothing more.
type Options struct {
	Platform string            // a name known to package platform; "" is found out where that is possible
	Module   string            // mod_auth_openidc's version; "" is the platform's, or what the files show
	Release  string            // Keystone's; "" is the platform's
	Defines  []string          // names that httpd is given with -D
	Env      map[string]string // httpd's environment, besides what its files set
	Stdin    io.Reader
}

// maxFile bounds one file that is not httpd's, in bytes; see most.
const maxFile = 16 << 20

// Load reads what paths name as one site: files, folders, `-` for the standard
// input. The error is for a path that cannot be read; what is wrong inside of
// files is in the findings of the site and its trees.
func Load(name string, paths []string, o Options) (*Site, error) {
	l := &loader{site: &Site{Name: name, sources: map[string][]byte{}}, opt: o, keystone: map[string][]byte{}, python: map[string][]byte{}}
	for _, p := range paths {
		if err := l.path(p); err != nil {
			return nil, err
		}
	}
	l.finish()
	return l.site, nil
}

type loader struct {
	site     *Site
	opt      Options
	keystone map[string][]byte // files of keystone.conf
	python   map[string][]byte // settings of Horizon
	parts    []string          // httpd files without a main file
	loose    []string          // files of metadata directories that no tree names
}

func (l *loader) path(name string) error {
	if name == input.Stdin {
		src, err := input.Read(name, l.opt.Stdin, maxFile)
		if err != nil {
			return err
		}
		return l.file("<stdin>", src, true)
	}
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return l.folder(name)
	}
	if main, o, ok := mainFile(name); ok {
		return l.main(main, o)
	}
	src, err := read(name)
	if err != nil {
		return err
	}
	return l.file(name, src, true)
}

// maxHead is how much of a file tells its kind, in bytes.
const maxHead = 1 << 20

// read gives a file's text; of a large one of httpd's the head, since the reader of
// trees takes it by its name.
func read(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return input.Read(name, nil, maxFile)
	}
	head, err := input.Read(name, nil, maxHead)
	if err != nil || len(head) <= maxHead || KindOf(name, head) == HTTPD {
		return head, err
	}
	return input.Read(name, nil, maxFile)
}

// mainFile tells whether a file is the main one of a tree that lies around it.
func mainFile(name string) (string, httpdconf.Options, bool) {
	for _, up := range []string{"..", "../..", "."} {
		dir := filepath.Join(filepath.Dir(name), up)
		main, o, err := find(dir)
		if err == nil && same(o.Files.Show(main), name) && !lonely(o, main) {
			return main, o, true
		}
	}
	return "", httpdconf.Options{}, false
}

func same(a, b string) bool {
	x, err := os.Stat(a)
	y, bad := os.Stat(b)
	return err == nil && bad == nil && os.SameFile(x, y)
}

// file takes one file by its kind.
func (l *loader) file(name string, src []byte, given bool) error {
	kind := KindOf(name, src)
	limit := most(kind)
	switch {
	case kind != HTTPD && binary(src):
		l.notText(name)
	case kind == Unknown && !given:
	case kind != Metadata && given && len(bytes.TrimSpace(src)) == 0:
		l.keep(name, src)
		l.find("unknown-file", name, "the file is empty", "give the file that the program reads")
	case len(src) > limit:
		l.find("file-too-large", name, fmt.Sprintf("larger than %d MiB: not read", limit>>20), "")
	default:
		l.take(kind, name, src)
	}
	return nil
}

// binary reports whether a file is no text, or one of two bytes a character.
func binary(src []byte) bool { return slices.Contains(src[:min(len(src), 8192)], 0) }

func (l *loader) notText(name string) {
	l.find("not-text", name, "a binary file, or one in UTF-16; expected configuration as text in UTF-8", "give the file that the program reads")
}

// most gives how large a file of a kind may be, in bytes.
func most(kind Kind) int {
	switch kind {
	case HTTPD:
		return math.MaxInt // its reader has limits of its own
	case KeystoneConf:
		return 4 << 20
	case DashboardPython:
		return 2 << 20
	}
	return maxFile
}

func (l *loader) take(kind Kind, name string, src []byte) {
	if kind != HTTPD && kind != Metadata {
		l.keep(name, src)
	}
	switch kind {
	case HTTPD:
		l.httpdFile(name, src)
	case MappingRules:
		l.mapping(name, src)
	case Metadata:
		l.loose = append(l.loose, name)
	case KeystoneConf:
		l.keystone[name] = src
	case DashboardPython:
		l.python[name] = src
	case KeystoneObjects:
		l.cloud(name, src)
	case Registrations:
		l.registrations(name, src)
	case CloudsYAML:
		l.clouds(name, src)
	case FederationYAML:
		l.description(name, src)
	default:
		l.find("unknown-file", name, "what kind of file this is cannot be told: expected httpd configuration, a mapping, keystone.conf, settings of Horizon, clouds.yaml, clients of an identity provider (JSON) or federation.yaml",
			"name it as it is named on the controller, such as keystone.conf")
	}
}

// keep remembers a file that was read.
func (l *loader) keep(name string, src []byte) {
	l.site.Files = append(l.site.Files, name)
	l.site.sources[name] = src
}

func (l *loader) find(slug, path, message, hint string) {
	l.site.Found = append(l.site.Found, finding.Finding{Slug: slug, Severity: finding.Error, At: finding.Range{Path: path}, Message: message, Hint: hint})
}

// unreadable is for a file that was come upon, not given.
func (l *loader) unreadable(name string, err error) {
	if pathError, ok := err.(*fs.PathError); ok {
		err = pathError.Err
	}
	l.find("unreadable", name, "cannot be read: "+err.Error(), "run it as a user who may read it, or leave it out")
}

func (l *loader) finish() {
	l.joinParts()
	l.looseFolders()
	l.joinKeystone()
	l.joinPython()
	l.versions()
	for _, t := range l.site.Trees {
		l.foldersOf(t)
		for _, s := range t.Conf.Sources {
			if s.Path != virtualMain {
				l.site.Files = append(l.site.Files, s.Show)
			}
		}
	}
	for _, f := range l.site.Folders {
		for _, e := range f.Entries {
			if e.Src != nil {
				l.site.Files = append(l.site.Files, e.Show)
			}
		}
	}
	slices.Sort(l.site.Files)
	l.site.Files = slices.Compact(l.site.Files)
}

// versions fills in what is known of the programs.
func (l *loader) versions() {
	s := l.site
	if p, ok := platform.ByName(l.opt.Platform); ok {
		s.Platform = p
	}
	s.Release = l.opt.Release
	if s.Release == "" {
		s.Release = s.Platform.Release
	}
	for _, t := range s.Trees {
		if t.Module = l.opt.Module; t.Module == "" {
			t.Module = s.Platform.Module
		}
	}
}
