package templates

import (
	"errors"
	"fmt"
	"io/fs"
)

// Drift is a file that is not as it should be.
type Drift struct {
	Path string
	What string // missing, content differs, mode is 0644 instead of 0640, no longer produced
}

// Check verifies the bundle, compares the tree below dir with it, and writes nothing. A tree
// that does not exist lacks every file.
func Check(b *Bundle, dir string) ([]Drift, error) {
	states, stale, err := surveyTree(b, dir)
	if err != nil {
		return nil, err
	}
	var out []Drift
	for _, s := range states {
		if what := s.drift(); what != "" {
			out = append(out, Drift{s.file.Path, what})
		}
	}
	for _, p := range stale {
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
	case s.info.Mode().Perm() != s.file.Mode:
		return fmt.Sprintf("mode is %04o instead of %04o", s.info.Mode().Perm(), s.file.Mode)
	default:
		return "content differs"
	}
}

// surveyTree verifies the bundle before anything is held against it.
func surveyTree(b *Bundle, dir string) ([]state, []string, error) {
	if err := b.Verify(); err != nil {
		return nil, nil, err
	}
	d, err := openDisk(dir, false)
	if errors.Is(err, fs.ErrNotExist) {
		return missing(b), nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	defer d.Close()
	return survey(d, b, false)
}

func missing(b *Bundle) []state {
	out := make([]state, 0, len(b.Files))
	for _, f := range b.Files {
		out = append(out, state{file: f})
	}
	return out
}
