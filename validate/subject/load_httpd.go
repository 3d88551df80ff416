package subject

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// bounded gives the options with bounds that a hundred thousand identity providers
// stay below, and that macros which use macros do not.
func bounded(o httpdconf.Options) httpdconf.Options {
	o.MaxFileSize, o.MaxBytes, o.MaxCommands = 64<<20, 128<<20, 2_000_000
	return o
}

// main reads a whole tree.
func (l *loader) main(main string, o httpdconf.Options) error {
	o.Defines = append(o.Defines, l.opt.Defines...)
	if len(l.opt.Env) > 0 && o.Env == nil {
		o.Env = map[string]string{}
	}
	for k, v := range l.opt.Env {
		o.Env[k] = v
	}
	conf, found, err := httpdconf.Load(main, bounded(o))
	if err != nil {
		return fmt.Errorf("%s: %w", o.Files.Show(main), err)
	}
	l.site.Trees = append(l.site.Trees, newTree(conf, found, o))
	return nil
}

// httpdFile takes a file of httpd without its main file: parts of one folder
// belong together.
func (l *loader) httpdFile(name string, src []byte) {
	if name == "<stdin>" {
		l.virtual([]string{"/fedstone-stdin"}, map[string][]byte{"/fedstone-stdin": src}, httpdconf.Options{})
		return
	}
	l.parts = append(l.parts, name)
}

// virtualMain includes parts of a configuration whose main file is not at hand.
const virtualMain = "/fedstone-parts.conf"

// virtual reads files as if a main file included them, in their order.
func (l *loader) virtual(names []string, texts map[string][]byte, o httpdconf.Options) {
	var main strings.Builder
	for _, n := range names {
		quoted, err := httpdconf.Quote(n)
		if err != nil {
			l.find("httpd-include-path", n, "httpd cannot include a file of this name", "rename it")
			continue
		}
		main.WriteString("Include " + quoted + "\n")
	}
	if o.Files == nil {
		o.Files = httpdconf.Disk()
	}
	texts[virtualMain] = []byte(main.String())
	o.Files = overlay{o.Files, texts}
	o.Part = true
	o.Modules = append(o.Modules, "auth_openidc_module") // what a part is about: its directives are judged
	o.Defines = append(o.Defines, l.opt.Defines...)
	if o.Env == nil {
		o.Env = l.opt.Env
	}
	conf, found, err := httpdconf.Load(virtualMain, bounded(o))
	if err != nil {
		l.find("unreadable", names[0], "cannot be read: "+err.Error(), "")
		return
	}
	l.site.Trees = append(l.site.Trees, newTree(conf, found, o))
}

// joinParts reads the parts of each folder as one tree.
func (l *loader) joinParts() {
	byFolder := map[string][]string{}
	for _, p := range l.parts {
		abs, err := filepath.Abs(p)
		if err != nil {
			abs = p
		}
		byFolder[filepath.Dir(p)] = append(byFolder[filepath.Dir(p)], abs)
	}
	for _, dir := range sortedKeys(byFolder) {
		names := byFolder[dir]
		slices.Sort(names)
		abs, _ := filepath.Abs(dir)
		l.virtual(names, map[string][]byte{}, httpdconf.Options{ServerRoot: abs, Files: shown{httpdconf.Disk(), abs, dir}})
	}
}

// mirrored reads the parts of a server root inside a copy of a machine's root.
func (l *loader) mirrored(dir, serverRoot string, names []string) {
	o := httpdconf.Options{ServerRoot: serverRoot, Files: httpdconf.Disk(httpdconf.Mount{At: "/", Dir: dir})}
	if serverRoot == "/etc/apache2" {
		o.Static = httpdconf.StaticModules("debian")
	}
	l.virtual(names, map[string][]byte{}, o)
}

// shown gives files by the name that the user gave: relative to where he is.
type shown struct {
	httpdconf.Files
	abs, as string
}

func (s shown) Show(name string) string {
	if rest, ok := strings.CutPrefix(name, s.abs+"/"); ok {
		return filepath.Join(s.as, rest)
	}
	return s.Files.Show(name)
}

// overlay is Files with some texts that are on no disk.
type overlay struct {
	httpdconf.Files
	texts map[string][]byte
}

func (o overlay) Stat(name string) (fs.FileInfo, error) {
	if text, ok := o.texts[name]; ok {
		return textInfo{name, int64(len(text))}, nil
	}
	return o.Files.Stat(name)
}

func (o overlay) Open(name string) (io.ReadCloser, error) {
	if text, ok := o.texts[name]; ok {
		return io.NopCloser(strings.NewReader(string(text))), nil
	}
	return o.Files.Open(name)
}

func (o overlay) Show(name string) string {
	if name == "/fedstone-stdin" {
		return "<stdin>"
	}
	return o.Files.Show(name)
}

type textInfo struct {
	name string
	size int64
}

func (t textInfo) Name() string       { return path.Base(t.name) }
func (t textInfo) Size() int64        { return t.size }
func (t textInfo) Mode() fs.FileMode  { return 0o644 }
func (t textInfo) ModTime() time.Time { return time.Time{} }
func (t textInfo) IsDir() bool        { return false }
func (t textInfo) Sys() any           { return nil }

// foldersOf reads the metadata directories that a tree names.
func (l *loader) foldersOf(t *Tree) {
	byPath := map[string]*Folder{}
	for _, v := range t.Vhosts {
		named := v.Value("oidcmetadatadir")
		if named == "" {
			continue
		}
		name := t.Path(named)
		f := byPath[name]
		if f == nil {
			f = readFolder(t.files, name)
			byPath[name] = f
			l.site.Folders = append(l.site.Folders, f)
		}
		f.Vhosts = append(f.Vhosts, v)
		v.folder = f
	}
}

// looseFolders takes metadata that was found by itself.
func (l *loader) looseFolders() {
	seen := map[string]bool{}
	for _, name := range l.loose {
		dir := filepath.Dir(name)
		if abs, err := filepath.Abs(dir); err == nil && !seen[abs] && !l.named(abs) {
			seen[abs] = true
			l.site.Folders = append(l.site.Folders, readFolder(shown{httpdconf.Disk(), abs, dir}, abs))
		}
	}
}

// named reports whether a tree names the folder as its metadata directory.
func (l *loader) named(abs string) bool {
	for _, t := range l.site.Trees {
		for _, c := range t.Commands("oidcmetadatadir") {
			if at, err := filepath.Abs(t.files.Show(t.Path(Arg(c, 0)))); err == nil && at == abs {
				return true
			}
		}
	}
	return false
}

// source gives the text of a file of a tree.
func (t *Tree) source(show string) ([]byte, bool) {
	for _, s := range t.Conf.Sources {
		if s.Show == show {
			return []byte(s.Text), true
		}
	}
	return nil, false
}

// Reading gives what reading the tree found, without what the stand-in of its main
// file would say. Of a part, the modules that it takes for granted are told once.
func (t *Tree) Reading() finding.List {
	var out, assumed finding.List
	for _, f := range t.Found {
		f.Related = Written(f.Related)
		switch {
		case f.At.Path == virtualMain && f.Severity == finding.Error:
			out = append(out, t.named(f))
		case f.At.Path == virtualMain:
		case t.Part && f.Slug == "httpd-assumed":
			assumed = append(assumed, f)
		default:
			out = append(out, f)
		}
	}
	return append(out, once(assumed)...)
}

// once joins assumptions to the first of them.
func once(assumed finding.List) finding.List {
	if len(assumed) < 2 {
		return assumed
	}
	assumed.Sort()
	first := assumed[0]
	for _, f := range assumed[1:] {
		first.Related = append(first.Related, finding.Related{Message: f.Message, At: f.At})
	}
	return finding.List{first}
}
