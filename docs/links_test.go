package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// TestLinksLead: every link from one page of this repository to another leads to a
// file that is there, and to a heading of it where it names one.
func TestLinksLead(t *testing.T) {
	root := labtest.Repository(t)
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	for _, page := range pages(t, root) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(withoutBlocks(string(text)), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if why := leads(page, m[1]); why != "" {
				t.Errorf("%s: link to %s: %s", page, m[1], why)
			}
		}
	}
}

// pages are the texts for people, wherever they lie.
func pages(t *testing.T, root string) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/adr/*.md", "examples/*.md", "examples/*/*.md", "validate/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	if len(all) < 30 {
		t.Errorf("%d pages: do they lie elsewhere now?", len(all))
	}
	return all
}

// leads says why a link leads nowhere; "" where it does.
func leads(page, link string) string {
	path, heading, _ := strings.Cut(link, "#")
	target := page
	if path != "" {
		target = filepath.Join(filepath.Dir(page), filepath.FromSlash(path))
	}
	text, err := os.ReadFile(target)
	if info, statErr := os.Stat(target); err != nil && (statErr != nil || !info.IsDir()) {
		return "no such file"
	}
	if heading != "" && !headings(string(text))[heading] {
		return "no such heading"
	}
	return ""
}

// headings gives the anchors of a page: words in lower case, joined by hyphens.
func headings(text string) map[string]bool {
	out := map[string]bool{}
	odd := regexp.MustCompile(`[^\p{L}\p{N}_ -]`)
	for line := range strings.Lines(withoutBlocks(text)) {
		if strings.HasPrefix(line, "#") {
			words := strings.ToLower(strings.TrimSpace(strings.TrimLeft(line, "#")))
			out[strings.ReplaceAll(odd.ReplaceAllString(words, ""), " ", "-")] = true
		}
	}
	return out
}

// withoutBlocks leaves out what stands between fences, where brackets mean other
// things.
func withoutBlocks(text string) string {
	return regexp.MustCompile("(?ms)^```.*?^```").ReplaceAllString(text, "")
}
