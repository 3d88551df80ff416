package suite

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/input"
	"github.com/fedstone/fedstone/internal/spec"
)

// Seen keeps how each file looked before it was read, by path. A file that is
// missing, and what a folder holds, are looks too.
type Seen map[string]string

// look notes a file's look; the first one counts, so that a change during a run
// shows afterwards.
func (s Seen) look(path string) {
	if _, known := s[path]; !known && path != spec.Stdin {
		s[path] = lookOf(path)
	}
}

// Changed gives the files that do not look as they did, sorted.
func (s Seen) Changed() []string {
	var out []string
	for _, path := range slices.Sorted(maps.Keys(s)) {
		if lookOf(path) != s[path] {
			out = append(out, path)
		}
	}
	return out
}

// Keep goes on looking at what was seen before and is not known now: a
// description that is broken for the moment does not say which files belong to it.
// The earlier look counts, so that a change during the run shows afterwards.
func (s Seen) Keep(before Seen) {
	for path, look := range before {
		if _, known := s[path]; !known {
			s[path] = look
		}
	}
}

// Again looks at the same files once more.
func (s Seen) Again() Seen {
	again := Seen{}
	for path := range s {
		again.look(path)
	}
	return again
}

func lookOf(path string) string {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return "missing"
	case info.IsDir():
		files, err := testFiles(path)
		return fmt.Sprint(files, err)
	}
	return fmt.Sprint(info.ModTime().UnixNano(), " ", info.Size())
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// testFiles gives the test files below a folder, sorted. Links are not followed,
// and folders with a leading dot are passed over.
func testFiles(dir string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != dir && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case !d.IsDir() && IsTestFile(path):
			files = append(files, path)
		}
		return nil
	})
	return files, err
}

// readFile reads a regular file of at most limit bytes.
func readFile(path string, limit int64) ([]byte, error) {
	src, err := input.File(path, limit)
	if err == nil && int64(len(src)) > limit {
		return nil, fmt.Errorf("it has more than %d bytes, expected at most that", limit)
	}
	return src, plainError(err)
}

// plainError leaves the path out, which stands in the finding.
func plainError(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
