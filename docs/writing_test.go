package docs_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestWritingIsTried: every row of writing.md names a test, and every test that it
// names is one of this repository.
func TestWritingIsTried(t *testing.T) {
	page, err := os.ReadFile("writing.md")
	if err != nil {
		t.Fatal(err)
	}
	name, known, rows := regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9]+)`"), tests(t), 0
	for line := range strings.Lines(string(page)) {
		named := name.FindAllStringSubmatch(line, -1)
		if row := strings.HasPrefix(line, "| ") && !strings.HasPrefix(line, "| When "); row {
			rows++
			if len(named) == 0 {
				t.Errorf("no test is named: %s", line)
			}
		}
		for _, n := range named {
			if !known[n[1]] {
				t.Errorf("writing.md names %s, which is no test", n[1])
			}
		}
	}
	if rows < 30 {
		t.Errorf("%d rows: has the page another form?", rows)
	}
}
