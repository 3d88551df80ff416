package templates

import (
	"bytes"
	"errors"
	"io/fs"
	"path"

	"github.com/fedstone/fedstone/internal/kept"
	"github.com/fedstone/fedstone/internal/parallel"
)

// Kept gives what is to be remembered of the tree below dir, an absolute path, once
// it is as the bundle has it: Write has written it, or Check found no difference.
func (b *Bundle) Kept(dir string, salt kept.Salt) kept.Tree {
	begun, committed := journals(b.Manifest)
	out := kept.Tree{Dir: dir, Absent: []string{begun, committed}, Files: make([]kept.File, len(b.Files))}
	parallel.Each(len(b.Files), func(i int) {
		f := b.Files[i]
		out.Files[i] = kept.File{Path: below(f.Path), Mode: f.Mode, Digest: salt.Digest(f.Content)}
	})
	for folder, names := range b.metadataNames() {
		out.Folders = append(out.Folders, kept.Folder{Path: below(folder), Names: salt.Names(names)})
	}
	for _, f := range b.Folders {
		out.Closed = append(out.Closed, kept.Closed{Path: below(f.Path), Mode: f.Mode})
	}
	return out
}

// metadataNames are the names in each metadata directory, where no stranger is.
func (b *Bundle) metadataNames() map[string][]string {
	out := map[string][]string{}
	for _, f := range b.Files {
		if f.Kind == Metadata {
			out[path.Dir(f.Path)] = append(out[path.Dir(f.Path)], path.Base(f.Path))
		}
	}
	return out
}

// Holds reports whether a tree is as it was kept. Every file is read, in the way of
// Check: what Check would find makes it false, and so does whatever else is in doubt.
func Holds(t kept.Tree, salt kept.Salt) bool {
	d, err := openDisk(t.Dir, false)
	if err != nil {
		return false
	}
	defer d.Close()
	return parallel.All(len(t.Absent), func(i int) bool { return absent(d, t.Absent[i]) }) &&
		parallel.All(len(t.Closed), func(i int) bool { return closed(d, t.Closed[i]) }) &&
		parallel.All(len(t.Folders), func(i int) bool { return noStranger(d, t.Folders[i], salt) }) &&
		parallel.All(len(t.Files), func(i int) bool { return holds(d, t.Files[i], salt) })
}

func noStranger(d disk, f kept.Folder, salt kept.Salt) bool {
	names, err := d.Names(f.Path)
	return err == nil && bytes.Equal(salt.Names(names), f.Names)
}

func absent(d disk, p string) bool {
	_, err := d.Lstat(p)
	return errors.Is(err, fs.ErrNotExist)
}

func holds(d disk, f kept.File, salt kept.Salt) bool {
	info, err := d.Lstat(f.Path)
	if err != nil || !info.Mode().IsRegular() || wider(info, f.Mode) {
		return false
	}
	content, err := d.ReadFile(f.Path)
	return err == nil && bytes.Equal(salt.Digest(content), f.Digest)
}
