package templates

import (
	"errors"
	"fmt"
	"io/fs"
)

// Drift is a file or folder that is not as it should be.
type Drift struct {
	Path string `json:"path"`
	What string `json:"what"` // missing, content differs, mode is 0644 instead of 0640, no longer produced, a run was cut off …
}

// Check verifies the bundle, compares the tree below dir with it, and writes nothing. A tree
// that does not exist lacks every file.
func Check(b *Bundle, dir string) ([]Drift, error) {
	tree, err := surveyTree(b, dir)
	if err != nil {
		return nil, err
	}
	out := append(tree.cutOff, tree.open...)
	for _, s := range tree.states {
		if what := s.drift(); what != "" {
			out = append(out, Drift{s.file.Path, what})
		}
	}
	for _, p := range tree.stale {
		out = append(out, Drift{p, "no longer produced"})
	}
	return out, nil
}

func (s state) drift() string {
	switch {
	case !s.exists:
		return "missing"
	case s.same():
		return ""
	case !s.equal:
		return "content differs"
	default:
		return fmt.Sprintf("mode is %04o instead of %04o", s.info.Mode().Perm(), s.file.Mode)
	}
}

// surveyTree verifies the bundle before anything is held against it.
func surveyTree(b *Bundle, dir string) (surveyed, error) {
	if err := b.Verify(); err != nil {
		return surveyed{}, err
	}
	d, err := openDisk(dir, false)
	if errors.Is(err, fs.ErrNotExist) {
		return missing(b), nil
	}
	if err != nil {
		return surveyed{}, err
	}
	defer d.Close()
	out, err := survey(d, b, false)
	if err == nil {
		out.open, err = openFolders(d, b)
	}
	if err == nil {
		out.cutOff, err = cutOff(d, b.Manifest)
	}
	return out, err
}

func missing(b *Bundle) surveyed {
	out := surveyed{states: make([]state, 0, len(b.Files))}
	for _, f := range b.Files {
		out.states = append(out.states, state{file: f})
	}
	return out
}

// cutOff tells the traces of a run that was killed. Comparing writes nothing, so
// it is for the next Write to remove them. While a run holds the tree they are
// no such traces, and what was compared is about to change.
func cutOff(d disk, manifest string) ([]Drift, error) {
	var out []Drift
	begun, committed := journals(manifest)
	for _, trace := range []Drift{
		{begun, "a run was cut off before it changed anything; the next one removes what it staged"},
		{committed, "a run was cut off while it put its files in place; the next one completes that"},
	} {
		if _, err := d.Lstat(trace.Path); err == nil {
			out = append(out, Drift{"/" + trace.Path, trace.What})
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	release, err := d.Lock()
	if err != nil {
		return nil, err
	}
	return out, release()
}
