package validate_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/validate"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

const rulesHead = `# Rules

What ` + "`fedstone validate`" + ` knows to be wrong. ` + "`fedstone explain SLUG`" + ` prints a section of this file. An **error** fails or is
insecure, a **warning** will bite, an **info** is worth knowing. *Shown* says that a test runs the example on the real
programs, sees what the rule promises, and sees it gone with the mend.

A finding is set aside by a comment in the line before, with a reason:
` + "`# fedstone:ignore SLUG why it does not matter here`" + `.

This file is written by a test from the rules, their examples and their real output (` + "`make update`" + `).
`

// TestRulesFile: RULES.md says what the rules say, with the output of this program.
func TestRulesFile(t *testing.T) {
	var out bytes.Buffer
	out.WriteString(rulesHead)
	shown := 0
	for _, topic := range validate.Topics() {
		fmt.Fprintf(&out, "\n## %s\n", topic.Title)
		proofs := proofsOf(t, topic.Name)
		for _, r := range topic.Rules {
			if proofs[r.Slug] {
				shown++
			}
			out.WriteString(ruleSection(t, topic, r, proofs[r.Slug]))
		}
	}
	fmt.Fprintf(&out, "\n## Reading the files\n\nWhat keeps a file from being read as it was meant.\n%s", readingSections())
	labtest.Golden(t, "RULES.md", out.Bytes(), *update)
	t.Logf("%d rules, %d of them shown on the real programs", len(validate.Rules()), shown)
}

func ruleSection(t *testing.T, topic rule.Topic, r rule.Rule, shown bool) string {
	dir := filepath.Join(topic.Name, "testdata", r.Slug)
	want, err := os.ReadFile(filepath.Join(dir, "want.txt"))
	if err != nil {
		t.Error(err)
	}
	proof := ""
	if shown {
		proof = " *Shown.*"
	}
	return fmt.Sprintf("\n### %s\n\n**%s**: %s.%s\n\n%s\n\n%s\n```text\n%s```\n\n**Mend.** %s\n\n*Source:* %s.\n", r.Slug,
		severityWord(r.Severity), r.Title, proof, r.Why, example(t, dir, r.Slug, string(want)), cut(string(want), 24), r.Mend, strings.TrimSuffix(r.Source, "."))
}

func severityWord(s finding.Severity) string {
	return strings.ToUpper(s.String()[:1]) + s.String()[1:]
}

// place is where a golden output says that its first finding of a rule is.
var place = regexp.MustCompile(`(?m)^(fires/[^:\n]*)(?::(\d+))?[:\d]*: (?:error|warning|info): .* \[([a-z0-9-]+)\]$`)

// example shows the file that the rule speaks about; of a long one the lines around
// the place.
func example(t *testing.T, dir, slug, want string) string {
	for _, m := range place.FindAllStringSubmatch(want, -1) {
		if m[3] != slug {
			continue
		}
		src, err := os.ReadFile(filepath.Join(dir, m[1]))
		if err != nil {
			return "" // a folder, or a part of a live Keystone
		}
		line, _ := strconv.Atoi(m[2])
		return fmt.Sprintf("`%s`:\n\n```\n%s```\n", strings.TrimPrefix(m[1], "fires/"), around(string(subject.Masked(src)), line))
	}
	t.Errorf("%s: its output has no place", slug)
	return ""
}

// around keeps the lines around one.
func around(text string, line int) string {
	const most = 30
	all := strings.SplitAfter(strings.TrimRight(text, "\n")+"\n", "\n")
	if all[len(all)-1] == "" {
		all = all[:len(all)-1]
	}
	if len(all) <= most {
		return strings.Join(all, "")
	}
	from := min(max(0, line-most/2), len(all)-most)
	out := strings.Join(all[from:from+most], "")
	if from > 0 {
		out = "…\n" + out
	}
	if from+most < len(all) {
		out += "…\n"
	}
	return out
}

// cut keeps the first lines of a text.
func cut(text string, lines int) string {
	all := strings.SplitAfter(strings.TrimRight(text, "\n")+"\n", "\n")
	if len(all) <= lines+1 {
		return strings.Join(all, "")
	}
	return strings.Join(all[:lines], "") + "…\n"
}

// proofsOf reads the keys of the table of proofs of a topic's tests.
func proofsOf(t *testing.T, topic string) map[string]bool {
	out := map[string]bool{}
	files, _ := filepath.Glob(filepath.Join(topic, "*proof*_test.go"))
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if kv, ok := n.(*ast.KeyValueExpr); ok {
				if key, ok := kv.Key.(*ast.BasicLit); ok && key.Kind == token.STRING {
					slug, _ := strconv.Unquote(key.Value)
					out[slug] = true
				}
			}
			return true
		})
	}
	return out
}

func readingSections() string {
	var out strings.Builder
	for _, r := range validate.Reading() {
		fmt.Fprintf(&out, "\n### %s\n\n**%s**: %s.\n\n%s\n", r.Slug, severityWord(r.Severity), r.Title, r.Mend)
	}
	return out.String()
}
