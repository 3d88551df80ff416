package validate_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/validate"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestRules judges the two configurations of every rule: one in which it speaks,
// with the whole output in want.txt, and one, its mend, in which nothing is wrong
// at all.
func TestRules(t *testing.T) {
	for _, topic := range validate.Topics() {
		for _, r := range topic.Rules {
			t.Run(topic.Name+"/"+r.Slug, func(t *testing.T) { checkRule(t, topic.Name, r) })
		}
	}
}

func checkRule(t *testing.T, topic string, r rule.Rule) {
	dir := filepath.Join(topic, "testdata", r.Slug)
	if _, err := os.Stat(filepath.Join(topic, strings.ReplaceAll(r.Slug, "-", "_")+".go")); err != nil {
		t.Error("a rule has a file of its name: ", err)
	}
	t.Chdir(dir)
	sites, result := judge(t, "fires", topic == "fleet")
	if !slices.ContainsFunc(result.Findings, func(f finding.Finding) bool {
		return f.Slug == r.Slug && (f.Severity >= r.Severity || len(f.Related) > 0)
	}) {
		t.Errorf("%s says nothing about its own configuration, but:\n%s", r.Slug, draw(t, sites, result))
	}
	labtest.Golden(t, "want.txt", draw(t, sites, result), *update)
	sites, result = judge(t, "silent", topic == "fleet")
	for _, f := range result.Findings {
		if f.Slug == r.Slug || f.Severity < finding.Info {
			t.Errorf("the silent configuration is not:\n%s", draw(t, sites, result))
			break
		}
	}
	if len(result.Files) == 0 {
		t.Error("nothing was read of the silent configuration")
	}
}

// judge reads a test configuration: one site, or of a fleet one in each folder.
// The file options beside it says what the command line would.
func judge(t *testing.T, dir string, fleet bool) ([]*subject.Site, validate.Result) {
	t.Helper()
	paths := []string{dir}
	if fleet {
		paths, _ = filepath.Glob(dir + "/*")
	}
	var sites []*subject.Site
	for _, p := range paths {
		s, err := subject.Load(p, []string{p}, options(t))
		if err != nil {
			t.Fatal(err)
		}
		sites = append(sites, s)
	}
	return sites, validate.Run(sites, fleet)
}

func options(t *testing.T) subject.Options {
	t.Helper()
	text, _ := os.ReadFile("options")
	var o subject.Options
	for _, word := range strings.Fields(string(text)) {
		name, value, _ := strings.Cut(word, "=")
		switch name {
		case "--platform":
			o.Platform = value
		case "--module-version":
			o.Module = value
		case "--release":
			o.Release = value
		default:
			t.Fatalf("options: %q is none of --platform= --module-version= --release=", word)
		}
	}
	return o
}

func draw(t *testing.T, sites []*subject.Site, result validate.Result) []byte {
	t.Helper()
	var out bytes.Buffer
	opts := finding.TextOptions{Source: validate.Excerpts(sites, result.Findings)}
	if err := finding.WriteText(&out, result.Findings, opts); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestRulesAreSound: slugs are unique and well formed, texts are there, and what a
// rule comes after exists.
func TestRulesAreSound(t *testing.T) {
	slug := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := map[string]bool{}
	for _, topic := range validate.Topics() {
		for _, r := range topic.Rules {
			if !slug.MatchString(r.Slug) || seen[r.Slug] {
				t.Errorf("%s: not a slug, or one that is taken", r.Slug)
			}
			seen[r.Slug] = true
			if r.Title == "" || r.Why == "" || r.Mend == "" || r.Source == "" || r.Severity == finding.Invalid || (r.Check == nil) == (r.Fleet == nil) {
				t.Errorf("%s: a rule has a severity, a title, why, mend, source and one check", r.Slug)
			}
			for _, a := range r.After {
				if !validate.Known(a) {
					t.Errorf("%s comes after %s, which is no rule", r.Slug, a)
				}
			}
		}
	}
}

// TestNoFolderWithoutRule: a rule that goes takes its test configurations along.
func TestNoFolderWithoutRule(t *testing.T) {
	for _, topic := range validate.Topics() {
		entries, err := os.ReadDir(filepath.Join(topic.Name, "testdata"))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		for _, e := range entries {
			if r, at, ok := validate.Rule(e.Name()); !ok || at.Name != topic.Name {
				t.Errorf("%s/testdata/%s belongs to no rule %s", topic.Name, e.Name(), r.Slug)
			}
		}
	}
}
