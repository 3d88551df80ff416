package templates

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/fedstone/fedstone/internal/parallel"
)

// state is what a file on disk is, compared with what it should be.
type state struct {
	file    File
	exists  bool
	info    fs.FileInfo
	equal   bool   // in content
	content []byte // on disk, where it is not equal
}

// same reports whether there is nothing to do. A file that is less open than
// described is left so: somebody may have meant it.
func (s state) same() bool {
	return s.exists && s.equal && !wider(s.info, s.file.Mode)
}

// mode is the one that the file is given: never wider than what is there.
func (s state) mode() fs.FileMode {
	if s.exists {
		return s.file.Mode & s.info.Mode().Perm()
	}
	return s.file.Mode
}

// look reads a target. What is neither absent nor a regular file is an error:
// writing to it would reach something else than was meant.
func look(d disk, f File) (state, error) {
	s := state{file: f}
	p := below(f.Path)
	info, err := d.Lstat(p)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s, nil
	case err != nil:
		return s, err
	case !info.Mode().IsRegular():
		return s, fmt.Errorf("%s is a %s, expected a regular file or nothing; move it away", f.Path, kindOf(info.Mode()))
	}
	s.exists, s.info = true, info
	content, err := d.ReadFile(p)
	if s.equal = bytes.Equal(content, f.Content); !s.equal {
		s.content = content
	}
	if err == nil && f.base != nil && f.base.Kept && !s.equal && !bytes.Equal(content, f.base.Text) {
		err = fmt.Errorf("%s has changed since it was read; run again", f.Path)
	}
	return s, err
}

func kindOf(m fs.FileMode) string {
	switch {
	case m&fs.ModeSymlink != 0:
		return "symbolic link"
	case m.IsDir():
		return "folder"
	default:
		return "special file"
	}
}

// surveyed is a tree, compared with a bundle.
type surveyed struct {
	states []state  // in the bundle's order
	stale  []string // what an earlier run wrote and this one does not
	cutOff []Drift  // the traces of a run that was killed
	open   []Drift  // folders that are more open than described
}

// survey looks at every file of the bundle, and finds what an earlier run wrote
// and this one does not. The manifest is amended by what stays on disk, so that
// it is not forgotten.
func survey(d disk, b *Bundle, prune bool) (surveyed, error) {
	stale, err := staleFiles(d, b)
	if err != nil {
		return surveyed{}, err
	}
	out := surveyed{states: make([]state, len(b.Files)), stale: stale}
	failed := make([]error, len(b.Files))
	parallel.Each(len(b.Files), func(i int) {
		f := b.Files[i]
		if f.Path == b.Manifest && !prune {
			f, failed[i] = amended(f, stale)
		}
		if failed[i] == nil {
			out.states[i], failed[i] = look(d, f)
		}
	})
	return out, first(failed)
}

// staleFiles lists what the manifest on disk names, still exists, and is no
// longer produced. Only paths in the bundle's own folders count: a manifest that
// somebody changed must not name other files for removal.
func staleFiles(d disk, b *Bundle) ([]string, error) {
	if b.Manifest == "" {
		return nil, nil // this run is about one file alone
	}
	text, err := d.ReadFile(below(b.Manifest))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if f, ok := b.File(b.Manifest); ok && bytes.Equal(text, f.Content) {
		return nil, nil // it names what is produced, and nothing else
	}
	var old manifest
	if err := json.Unmarshal(text, &old); err != nil || old.Version != 1 {
		return nil, fmt.Errorf("%s is not a manifest of version 1; move it away", b.Manifest)
	}
	var out []string
	files, folders := b.places()
	for _, f := range old.all() {
		if !files[f] && path.Clean(f) == f && folders[path.Dir(f)] && exists(d, f) {
			out = append(out, f)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

func exists(d disk, target string) bool {
	info, err := d.Lstat(below(target))
	return err == nil && info.Mode().IsRegular()
}

// places gives the files of a bundle, and the folders that it writes into.
func (b *Bundle) places() (files, folders map[string]bool) {
	files, folders = make(map[string]bool, len(b.Files)), map[string]bool{}
	for _, f := range b.Files {
		files[f.Path], folders[path.Dir(f.Path)] = true, true
	}
	return files, folders
}

func (m manifest) all() []string {
	out := slices.Clone(m.Stale)
	for _, f := range m.Files {
		if f.Kind != Merged {
			out = append(out, f.Path)
		}
	}
	return out
}

// amended adds what stays to the manifest.
func amended(f File, stale []string) (File, error) {
	if len(stale) == 0 {
		return f, nil
	}
	var m manifest
	if err := json.Unmarshal(f.Content, &m); err != nil {
		return f, err
	}
	m.Stale = stale
	var err error
	if f.Content, err = newPress().encode(m); err != nil {
		return f, err
	}
	f.readBack = readsAs(m)
	return f, f.verify()
}
