package suite

import (
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
)

// Plan is what a run will test.
type Plan struct {
	Suites   []*Suite
	Findings finding.List      // with an error among them, Suites are not sound
	Sources  map[string][]byte // by path: texts for excerpts, secrets masked
	Seen     Seen              // every file that was looked at
}

// Suite is the tests of one mapping that stand in one file.
type Suite struct {
	Path  string // of the file that holds the tests
	Name  string // the identity provider, or the path of a test file
	IdP   string // the identity provider; "" for a mapping written by hand
	Tests []spec.Test

	subject
	prepared []login // one for each test
}

// Load reads files: descriptions, test files (*.test.yaml), and folders, below
// which every test file is taken. stdin is read for the path "-". The error is a
// failure to read one of the files; the Plan then holds what was seen till then.
func Load(files []string, stdin io.Reader) (*Plan, error) {
	p := &Plan{Sources: map[string][]byte{}, Seen: Seen{}}
	l := &loader{Plan: p, stdin: stdin, read: map[string]bool{}}
	for _, file := range files {
		if err := l.load(file); err != nil {
			return p, err
		}
	}
	p.Findings.Sort()
	p.Findings = slices.CompactFunc(p.Findings, same) // a description may be read more than once
	return p, nil
}

func same(a, b finding.Finding) bool {
	return a.At == b.At && a.Slug == b.Slug && a.Message == b.Message
}

// loader reads each file once, however often it is named.
type loader struct {
	*Plan
	stdin io.Reader
	read  map[string]bool
}

func (l *loader) load(file string) error {
	l.Seen.look(file)
	if isFolder(file) {
		return l.folder(file)
	}
	path := filepath.Clean(file)
	if l.read[path] {
		return nil
	}
	l.read[path] = true
	switch {
	case IsTestFile(file):
		return l.testFile(file)
	case filepath.Ext(file) == ".json" && isThere(file):
		l.fail("no-tests", finding.Range{Path: file}, "a mapping holds no tests, expected a description, or a *.test.yaml that names the mapping",
			"mapping: "+filepath.Base(file))
		return nil
	}
	return l.description(file)
}

// IsTestFile reports whether a name is that of a test file.
func IsTestFile(path string) bool {
	return strings.HasSuffix(path, ".test.yaml") || strings.HasSuffix(path, ".test.yml")
}

func (l *loader) folder(dir string) error {
	files, err := testFiles(dir)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		l.add(finding.Finding{
			Slug: "no-tests", Severity: finding.Error, At: finding.Range{Path: dir},
			Message: "no *.test.yaml in this folder or below it", Hint: "name a description itself: " + filepath.Join(dir, "federation.yaml"),
		})
	}
	for _, file := range files {
		if err := l.load(file); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) add(list ...finding.Finding) { l.Findings = append(l.Findings, list...) }

func (l *loader) fail(slug string, at finding.Range, message, hint string) {
	l.add(finding.Finding{Slug: slug, Severity: finding.Error, At: at, Message: message, Hint: hint})
}

// beside resolves a path as the file that names it means it.
func beside(file, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(file), path)
}
