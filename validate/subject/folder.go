package subject

import (
	"bytes"
	"io"
	"io/fs"
	"net/url"
	"path"
	"sort"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/platform"
)

// Folder is a metadata directory of mod_auth_openidc (OIDCMetadataDir). Path is how
// httpd names it, Show how the user does. Vhosts are those that use it; none where
// the folder was given by itself. Err says why it could not be read:
// httpdconf.ErrOutside where it lies outside of what was given.
type Folder struct {
	Path, Show string
	Vhosts     []*Vhost
	Info       fs.FileInfo // nil with Err
	Entries    []*Entry    // by name
	Err        error
}

// Entry is one file of a metadata directory. Suffix is provider, client or conf, ""
// for any other file. Issuer is what the name stands for, with https:// and
// without a final slash; "" where it is not the name of an issuer. Doc is nil
// where the text is no JSON; Found says why.
type Entry struct {
	Name, Show string
	Suffix     string
	Issuer     string
	Info       fs.FileInfo
	Src        []byte
	Doc        *engine.Node
	Found      finding.List
}

// issuerOf reads a name back; ok is false where the module would look for another.
func issuerOf(base string) (string, bool) {
	decoded, err := url.PathUnescape(base)
	if err != nil || decoded == "" || platform.MetadataName("https://"+decoded) != base {
		return "", false
	}
	return "https://" + decoded, true
}

// Entry gives the file of an issuer with a suffix; nil if there is none.
func (f *Folder) Entry(issuer, suffix string) *Entry {
	name := platform.MetadataName(issuer) + "." + suffix
	i := sort.Search(len(f.Entries), func(i int) bool { return f.Entries[i].Name >= name })
	if i < len(f.Entries) && f.Entries[i].Name == name {
		return f.Entries[i]
	}
	return nil
}

// With gives the entries of a suffix.
func (f *Folder) With(suffix string) []*Entry {
	var out []*Entry
	for _, e := range f.Entries {
		if e.Suffix == suffix {
			out = append(out, e)
		}
	}
	return out
}

const (
	maxEntries   = 200_000
	maxEntrySize = 1 << 20
)

func readFolder(files httpdconf.Files, name string) *Folder {
	f := &Folder{Path: name, Show: files.Show(name)}
	if f.Info, f.Err = files.Stat(name); f.Err != nil {
		return f
	}
	entries, err := files.ReadDir(name)
	if err != nil {
		f.Info, f.Err = nil, err
		return f
	}
	for _, e := range entries[:min(len(entries), maxEntries)] {
		if one := readEntry(files, path.Join(name, e.Name())); one != nil {
			f.Entries = append(f.Entries, one)
		}
	}
	sort.Slice(f.Entries, func(i, j int) bool { return f.Entries[i].Name < f.Entries[j].Name })
	return f
}

func readEntry(files httpdconf.Files, name string) *Entry {
	e := &Entry{Name: path.Base(name), Show: files.Show(name)}
	e.split()
	var err error
	if e.Info, err = files.Stat(name); err != nil {
		return e
	}
	if e.Suffix == "" || !e.Info.Mode().IsRegular() {
		return e
	}
	file, err := files.Open(name)
	if err != nil {
		e.Found = finding.List{{Slug: "unreadable", Severity: finding.Error, At: finding.Range{Path: e.Show}, Message: "cannot be read: " + err.Error()}}
		return e
	}
	defer file.Close()
	src, _ := io.ReadAll(io.LimitReader(file, maxEntrySize+1))
	e.read(src)
	return e
}

func (e *Entry) split() {
	for _, suffix := range []string{"provider", "client", "conf"} {
		if base, ok := strings.CutSuffix(e.Name, "."+suffix); ok {
			e.Suffix = suffix
			e.Issuer, _ = issuerOf(base)
		}
	}
}

func (e *Entry) read(src []byte) {
	e.Src = src
	if len(src) > maxEntrySize {
		e.Found = finding.List{{Slug: "file-too-large", Severity: finding.Error, At: finding.Range{Path: e.Show}, Message: "larger than 1 MiB, expected the metadata of one issuer"}}
		return
	}
	e.Doc, e.Found = engine.ReadJSON(e.Show, bytes.TrimRight(src, " \t\r\n"))
}
