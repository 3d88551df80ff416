package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

// chosenID matches an id of the light provider's (oidc-provider makes them by nanoid).
var chosenID = regexp.MustCompile(`"[A-Za-z0-9_-]{21}"`)

// resultLine begins what a block shows: findings before it name this machine's files.
var resultLine = regexp.MustCompile(`(?m)^(?:[-+~]|fedstone:) ?`)

// documented holds a block of docs/register.md to what was printed; -update rewrites it.
// Ports are those of the usual lab, and ids that a provider chose may be any.
func (r registered) documented(t *testing.T, name, printed string) {
	t.Helper()
	path := filepath.Join(labtest.Repository(t), "docs", "register.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if at := resultLine.FindStringIndex(printed); at != nil {
		printed = printed[at[0]:]
	}
	block := regexp.MustCompile("(?s)(<!-- register: " + name + " -->\n```[a-z]+\n(?:\\$ [^\n]*\n)?)(.*?)(```\n)")
	found := block.FindSubmatchIndex(text)
	if found == nil {
		t.Fatalf("docs/register.md has no block %s", name)
	}
	fresh := string(r.OnDefaultPorts([]byte(strings.TrimRight(printed, "\n") + "\n")))
	if old := string(text[found[4]:found[5]]); chosenID.ReplaceAllString(old, "ID") == chosenID.ReplaceAllString(fresh, "ID") {
		return
	} else if !*update {
		t.Errorf("docs/register.md has drifted; -update rewrites it (-file +tool):\n%s", cmp.Diff(old, fresh))
		return
	}
	out := string(text[:found[4]]) + fresh + string(text[found[5]:])
	if err := os.WriteFile(path, []byte(out), 0o644); err != nil {
		t.Fatal(err)
	}
}

// changedLines are those that two texts do not share, as a diff has them.
func changedLines(before, after string) string {
	var out strings.Builder
	was, is := strings.Split(before, "\n"), strings.Split(after, "\n")
	for i := range was {
		if i < len(is) && was[i] != is[i] {
			out.WriteString("-" + was[i] + "\n+" + is[i] + "\n")
		}
	}
	return out.String()
}
