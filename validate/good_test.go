package validate_test

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate"
	"github.com/fedstone/fedstone/validate/subject"
)

// TestGoodTreesAreClean: nothing is found in configurations that other projects'
// tools, or people, write in their own ways, whether the versions are known or not,
// and all of their files are read. TestGoodTreesAnswer starts them.
func TestGoodTreesAreClean(t *testing.T) {
	trees, err := filepath.Glob("testdata/good/*")
	if err != nil || len(trees) < 12 {
		t.Fatalf("%d good trees (%v), want 12 at least", len(trees), err)
	}
	for _, tree := range trees {
		for _, platform := range []string{"", "debian-12"} {
			t.Run(filepath.Base(tree)+platform, func(t *testing.T) { wantGood(t, tree, platform) })
		}
	}
}

func wantGood(t *testing.T, tree, platform string) {
	site, err := subject.Load(tree, []string{tree}, subject.Options{Platform: platform})
	if err != nil {
		t.Fatal(err)
	}
	sites := []*subject.Site{site}
	result := validate.Run(sites, false)
	if slices.ContainsFunc(result.Findings, func(f finding.Finding) bool { return f.Severity < finding.Info }) {
		t.Errorf("not clean:\n%s", draw(t, sites, result))
	}
	for _, name := range written(t, tree) {
		if !slices.Contains(result.Files, name) {
			t.Errorf("%s was not read", name)
		}
	}
}

// written gives the files of a tree, but for a shell script and what is read by
// the name of a link to it.
func written(t *testing.T, tree string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(tree, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != "envvars" && !strings.Contains(name, "sites-available") {
			out = append(out, name)
		}
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("%d files: %v", len(out), err)
	}
	return out
}
