package explain_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/mapping/explain"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// login is testdata/NAME/login.json: an environment, and what else is known.
type login struct {
	Release, Schema, Module string
	Notes                   []string
	Environment             []explain.Variable
	Facts                   engine.Facts
}

// report evaluates testdata/NAME: rules.json and login.json.
func report(t testing.TB, name string) explain.Report {
	t.Helper()
	var in login
	if err := json.Unmarshal(read(t, name, "login.json"), &in); err != nil {
		t.Fatal(err)
	}
	doc, list := engine.Read("rules.json", read(t, name, "rules.json"))
	if list.HasErrors() {
		t.Fatal(list)
	}
	p, err := engine.New(doc, engine.Options{Release: in.Release, Schema: in.Schema, Limit: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	r := explain.Of(p, doc, in.Environment, in.Facts)
	if r.Next != nil {
		r.Next = next(t, name)
	}
	r.Claims, r.Python, r.Module, r.Notes = "claims.json", "3.11", in.Module, in.Notes
	return r
}

// next is testdata/NAME/next.json: what is drawn here is not what the engine's
// words for Keystone's steps are.
func next(t testing.TB, name string) *engine.Next {
	t.Helper()
	var n engine.Next
	if err := json.Unmarshal(read(t, name, "next.json"), &n); err != nil {
		t.Fatal(err)
	}
	return &n
}

func read(t testing.TB, parts ...string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(append([]string{"testdata"}, parts...)...))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func cases(t testing.TB) []string {
	t.Helper()
	dirs, err := filepath.Glob("testdata/*/login.json")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no cases in testdata", err)
	}
	var names []string
	for _, dir := range dirs {
		names = append(names, filepath.Base(filepath.Dir(dir)))
	}
	return names
}

func TestGolden(t *testing.T) {
	for _, name := range cases(t) {
		t.Run(name, func(t *testing.T) {
			r := report(t, name)
			for file, write := range map[string]func(*bytes.Buffer) error{
				"want.txt":  func(b *bytes.Buffer) error { return r.WriteText(b, explain.TextOptions{}) },
				"want.json": func(b *bytes.Buffer) error { return r.WriteJSON(b) },
				"want.html": func(b *bytes.Buffer) error { return r.WriteHTML(b) },
			} {
				var got bytes.Buffer
				if err := write(&got); err != nil {
					t.Fatal(err)
				}
				labtest.Golden(t, filepath.Join("testdata", name, file), withoutStyle(got.Bytes()), *update)
			}
		})
	}
}

// withoutStyle leaves a page's style sheet out, which is page.css as it is.
func withoutStyle(page []byte) []byte {
	return regexp.MustCompile(`(?s)<style>.*</style>`).ReplaceAll(page, []byte("<style></style>"))
}

func TestColor(t *testing.T) {
	var plain, colored bytes.Buffer
	r := report(t, "refused")
	if err := r.WriteText(&plain, explain.TextOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := r.WriteText(&colored, explain.TextOptions{Color: true}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(plain.String(), "\x1b") || !strings.Contains(colored.String(), "\x1b[31;1mrefused") {
		t.Errorf("plain: %q\ncoloured: %q", plain.String(), colored.String())
	}
	bare := regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(colored.String(), "")
	if diff := cmp.Diff(plain.String(), bare); diff != "" {
		t.Errorf("colours change more than colours (-plain +coloured):\n%s", diff)
	}
}

// Whatever claims and rules hold, nothing of it may act on a terminal or a page.
func TestHostileTextsAreDrawnHarmless(t *testing.T) {
	r := report(t, "hostile")
	var text, page bytes.Buffer
	if err := r.WriteText(&text, explain.TextOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := r.WriteHTML(&page); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]string{"text": text.String(), "page": page.String()} {
		if bad := regexp.MustCompile("[\x00-\x08\x0b-\x1f\x7f\u202e\u200b]").FindString(got); bad != "" {
			t.Errorf("%s holds %q", name, bad)
		}
	}
	if strings.Contains(page.String(), "<script") || strings.Contains(page.String(), "<img") || strings.Contains(page.String(), `" onload`) {
		t.Error("the page holds markup of a claim")
	}
	if !strings.Contains(page.String(), "&lt;script&gt;alert(1)&lt;/script&gt;") {
		t.Error("the page does not show the claim's text")
	}
}
