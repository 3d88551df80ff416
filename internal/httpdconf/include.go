package httpdconf

import (
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// The limits of httpd.
const (
	maxIncludeDepth   = 128 // AP_MAX_INCLUDE_DEPTH in server/core.c
	maxDirectoryDepth = 128 // AP_MAX_FNMATCH_DIR_DEPTH in server/util.c
)

// include is include_config and ap_process_fnmatch_configs.
func (b *builder) include(s *Site) {
	words, ok := b.take(s, 1, 1)
	if !ok {
		return
	}
	if b.depth == maxIncludeDepth {
		b.tooDeep(s)
		return
	}
	name, ok := merge(b.root, words[0])
	if !ok {
		b.badInclude(s, "the path is longer than 4096 bytes")
		return
	}
	b.depth++
	i := includer{loader: b.loader, site: s, optional: s.key == "includeoptional"}
	if hasWildcard(name) {
		i.pattern("/", strings.TrimLeft(name, "/"))
	} else {
		i.path(name)
	}
	b.depth--
}

// includer finds the files of one Include.
type includer struct {
	*loader
	site     *Site
	optional bool
	depth    int // of folders within folders
}

// path is ap_dir_nofnmatch: a file, or a folder with all that it holds.
func (i *includer) path(name string) {
	info, err := i.opt.Files.Stat(clean(name))
	switch {
	case i.stopped:
	case err == nil && info.IsDir():
		i.directory(name)
	case err != nil && i.optional && !errors.Is(err, ErrOutside):
	default:
		i.open(name)
	}
}

func (i *includer) directory(name string) {
	if i.depth == maxDirectoryDepth {
		i.badInclude(i.site, "the folders are nested more than 128 deep; is there a link to a folder above?")
		i.stopped = true
		return
	}
	entries, err := i.opt.Files.ReadDir(clean(name))
	if err != nil {
		i.missing(i.site, name, err)
		return
	}
	i.depth++
	for _, child := range sortedNames(name, entries, func(fs.DirEntry) bool { return true }) {
		i.path(child)
	}
	i.depth--
}

// sortedNames gives full paths in the order of their bytes, as strcmp has it.
func sortedNames(dir string, entries []fs.DirEntry, take func(fs.DirEntry) bool) []string {
	var names []string
	for _, e := range entries {
		if take(e) {
			names = append(names, join(dir, e.Name()))
		}
	}
	slices.Sort(names)
	return names
}

// pattern is ap_dir_fnmatch: dir is read already, rest may hold wildcards in any
// of its segments. Between slashes a wildcard matches folders only, and no links.
func (i *includer) pattern(dir, rest string) {
	segment, after, more := strings.Cut(rest, "/")
	if i.stopped {
		return
	}
	if !hasWildcard(segment) {
		i.next(join(dir, segment), after, more)
		return
	}
	entries, err := i.opt.Files.ReadDir(clean(dir))
	if err != nil {
		if !i.optional || !errors.Is(err, fs.ErrNotExist) {
			i.missing(i.site, dir, err)
		}
		return
	}
	names := sortedNames(dir, entries, func(e fs.DirEntry) bool {
		return matches(segment, e.Name()) && (!more || e.Type().IsDir())
	})
	if len(names) == 0 && !i.optional {
		i.noMatch(i.site, segment, dir)
	}
	for _, name := range names {
		i.next(name, after, more)
	}
}

func (i *includer) next(name, rest string, more bool) {
	if more {
		i.pattern(name, rest)
		return
	}
	i.path(name)
}

// open reads one file into the tree.
func (i *includer) open(name string) {
	source, err := i.source(name)
	if err != nil {
		i.missing(i.site, name, err)
		return
	}
	i.file(source, i.site)
}

// What a file can be besides missing.
var (
	errNotRegular = errors.New("not a regular file")
	errTooLarge   = errors.New("larger than what is read here")
)

// source reads a file once. A FIFO or a device is never opened.
func (l *loader) source(name string) (*Source, error) {
	if s, ok := l.sources[name]; ok {
		return s, nil
	}
	text, err := l.text(name)
	if err != nil {
		return nil, err
	}
	s := &Source{Path: name, Show: l.opt.Files.Show(name), Text: text}
	l.sources[name] = s
	l.tree.Sources = append(l.tree.Sources, s)
	return s, nil
}

func (l *loader) text(name string) (string, error) {
	if name == "/dev/null" {
		return "", nil
	}
	info, err := l.opt.Files.Stat(clean(name))
	switch {
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "", errNotRegular
	case info.Size() > l.opt.MaxFileSize:
		return "", errTooLarge
	}
	file, err := l.opt.Files.Open(clean(name))
	if err != nil {
		return "", err
	}
	defer file.Close()
	return readAll(file, info.Size(), l.opt.MaxFileSize)
}

// readAll reads up to a limit: size may be a lie, as in /proc.
func readAll(r io.Reader, size, limit int64) (string, error) {
	var out strings.Builder
	out.Grow(int(min(size, limit)))
	n, err := io.Copy(&out, io.LimitReader(r, limit+1))
	if err != nil {
		return "", err
	}
	if n > limit {
		return "", errTooLarge
	}
	return out.String(), nil
}

// given reads directives of the command line, under httpd's name for them.
func (l *loader) given(lines []string) {
	const name = "-c/-C directives"
	if len(lines) == 0 || l.stopped {
		return
	}
	s := &Source{Path: name, Show: name, Text: strings.Join(lines, "\n") + "\n"}
	l.tree.Sources = append(l.tree.Sources, s)
	l.file(s, nil)
}

// file reads a file's lines; by is nil for the main file and the command line.
func (l *loader) file(s *Source, by *Site) {
	l.files++
	if l.spend(by, int64(len(s.Text))) {
		l.build(&Unit{Name: s.Path, Source: s, By: by, text: s.Text})
	}
}
