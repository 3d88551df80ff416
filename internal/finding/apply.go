package finding

import (
	"bytes"
	"fmt"
	"slices"
)

// Apply makes the fixes, the earlier before the later ones. src maps paths to
// texts and stays as it is; out holds the files that changed, and only those.
//
// A fix that overlaps one before it is skipped whole, since what it was made for
// may be gone; another validation tells. The same edit of two fixes is made once.
// Different insertions at one place are all made, in the order of the fixes.
// The error names a fix that does not fit the texts: a path that src lacks, a
// range beyond the text, edits that overlap each other.
func Apply(src map[string][]byte, fixes []*Fix) (out map[string][]byte, applied, skipped []*Fix, err error) {
	files := map[string]*edits{}
	for _, f := range fixes {
		if err := f.check(src); err != nil {
			return nil, nil, nil, err
		}
		if !f.fits(files) {
			skipped = append(skipped, f)
			continue
		}
		f.enter(files)
		applied = append(applied, f)
	}
	return changed(src, files), applied, skipped, nil
}

// check reports an error where the fix itself is wrong.
func (f *Fix) check(src map[string][]byte) error {
	own := map[string]*edits{}
	for _, e := range f.Edits {
		text, known := src[e.At.Path]
		from, to := e.At.Start.Byte, e.At.End.Byte
		switch {
		case !known:
			return fmt.Errorf("fix %q: it edits %s, which was not read", f.Title, e.At)
		case from < 0 || to < from || to > len(text):
			return fmt.Errorf("fix %q: it edits bytes %d to %d of %s, which has %d", f.Title, from, to, e.At, len(text))
		case own[e.At.Path].overlaps(e):
			return fmt.Errorf("fix %q: its edits of %s overlap each other", f.Title, e.At)
		}
		enter(own, e)
	}
	return nil
}

func (f *Fix) fits(files map[string]*edits) bool {
	return !slices.ContainsFunc(f.Edits, func(e Edit) bool { return files[e.At.Path].overlaps(e) })
}

func (f *Fix) enter(files map[string]*edits) {
	for _, e := range f.Edits {
		enter(files, e)
	}
}

func enter(files map[string]*edits, e Edit) {
	if files[e.At.Path] == nil {
		files[e.At.Path] = &edits{known: map[change]bool{}}
	}
	files[e.At.Path].add(e)
}

func changed(src map[string][]byte, files map[string]*edits) map[string][]byte {
	out := map[string][]byte{}
	for path, made := range files {
		if text := made.apply(src[path]); !bytes.Equal(text, src[path]) {
			out[path] = text
		}
	}
	return out
}
