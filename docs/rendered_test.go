package docs_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

var fileTable = regexp.MustCompile(`(?s)(<!-- files: ([a-z0-9.-]+) -->\n).*?(<!-- /files -->)`)

// TestRenderedFiles holds the tables of docs/rendered.md to the manifests.
func TestRenderedFiles(t *testing.T) {
	bin := labtest.Binary(t)
	path := filepath.Join(labtest.Repository(t), "docs", "rendered.md")
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	fresh := fileTable.ReplaceAllStringFunc(string(old), func(block string) string {
		m := fileTable.FindStringSubmatch(block)
		return m[1] + filesOf(t, bin, m[2]) + m[3]
	})
	if *update {
		if err := os.WriteFile(path, []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(old), fresh); diff != "" {
		t.Errorf("docs/rendered.md has drifted; `make update` rewrites it (-file +manifest):\n%s", diff)
	}
}

func filesOf(t *testing.T, bin, example string) string {
	t.Helper()
	dir := labtest.Example(t, example)
	cmd := exec.Command(bin, "render", "--offline", "-o", "out")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("render %s: %v\n%s", example, err, out)
	}
	var table strings.Builder
	table.WriteString("| file | kind | mode | owner |\n|---|---|---|---|\n")
	for _, f := range manifestOf(t, dir) {
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s:%s |\n", f.Path, f.Kind, f.Mode, f.Owner, f.Group)
	}
	return table.String()
}

type manifestFile struct{ Path, Kind, Mode, Owner, Group string }

// manifestOf reads the manifest of the first tree below out.
func manifestOf(t *testing.T, dir string) []manifestFile {
	t.Helper()
	var found []string
	for _, pattern := range []string{"out/var/lib/fedstone/manifest.json", "out/*/var/lib/fedstone/manifest.json"} {
		names, _ := filepath.Glob(filepath.Join(dir, pattern))
		found = append(found, names...)
	}
	if len(found) == 0 {
		t.Fatalf("no manifest below %s", dir)
	}
	text, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct{ Files []manifestFile }
	if err := json.Unmarshal(text, &manifest); err != nil || len(manifest.Files) == 0 {
		t.Fatalf("%s: %v", found[0], err)
	}
	return manifest.Files
}
