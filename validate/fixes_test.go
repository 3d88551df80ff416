package validate_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate"
	"github.com/fedstone/fedstone/validate/rule"
)

// TestFixes makes the fixes of every rule's own configuration, and judges again:
// what was fixed is gone, and nothing new is there.
func TestFixes(t *testing.T) {
	for _, topic := range validate.Topics() {
		for _, r := range topic.Rules {
			t.Run(r.Slug, func(t *testing.T) { checkFix(t, topic.Name, r) })
		}
	}
}

func checkFix(t *testing.T, topic string, r rule.Rule) {
	from, to := filepath.Join(topic, "testdata", r.Slug), t.TempDir()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	t.Chdir(to)
	sites, before := judge(t, "fires", topic == "fleet")
	fixes := fixesOf(before.Findings, r.Slug)
	if len(fixes) == 0 {
		t.Skip("nothing mechanical")
	}
	texts := map[string][]byte{}
	for _, f := range fixes {
		for _, e := range f.Edits {
			for _, s := range sites {
				if src := s.Raw(e.At.Path); src != nil {
					texts[e.At.Path] = src
				}
			}
		}
	}
	after, _, skipped, err := finding.Apply(texts, fixes)
	if err != nil || len(skipped) > 0 || len(after) == 0 {
		t.Fatalf("%v, %d of %d fixes skipped", err, len(skipped), len(fixes))
	}
	for path, text := range after {
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	checkMended(t, topic, r.Slug, before.Findings)
}

func fixesOf(list finding.List, slug string) []*finding.Fix {
	var out finding.List
	for _, f := range list {
		if f.Slug == slug && f.Fix != nil {
			out = append(out, f)
		}
	}
	return out.Fixes()
}

func checkMended(t *testing.T, topic, slug string, before finding.List) {
	sites, result := judge(t, "fires", topic == "fleet")
	had := map[string]int{}
	for _, f := range before {
		had[f.Slug]++
	}
	for _, f := range result.Findings {
		if had[f.Slug]--; had[f.Slug] < 0 {
			t.Errorf("the fix brought something new:\n%s", draw(t, sites, result))
			return
		}
	}
	left := 0
	for _, f := range result.Findings {
		if f.Slug == slug && f.Fix != nil {
			left++
		}
	}
	if left > 0 {
		t.Errorf("%d findings are left that could be fixed:\n%s", left, draw(t, sites, result))
	}
}
