package httpdconf_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/httpdconf"
)

// FuzzLoad: any files load without panic and in bounded time; every place that is
// told lies in its file and is what it says, and sections hold their commands.
func FuzzLoad(f *testing.F) {
	for seed := range uint64(40) {
		files := generate(seed)
		f.Add(files["main.conf"], files["a.conf"], files["conf.d/1.conf"])
	}
	f.Add("Use M", "<Macro M", "\\")
	f.Fuzz(func(t *testing.T, main, a, b string) {
		files := map[string]string{"/main.conf": main, "/a.conf": a, "/conf.d/1.conf": b}
		o := httpdconf.Options{MaxBytes: 1 << 20, MaxFiles: 1000, MaxCommands: 20000}
		tree, found := load(t, files, o)
		for _, x := range found {
			checkPlace(t, files, x.At)
			for _, r := range x.Related {
				checkPlace(t, files, r.At)
			}
		}
		for c := range tree.All() {
			checkPlace(t, files, c.At())
			checkCommand(t, files, c)
		}
		for _, s := range tree.Sources {
			file, _ := s.Parse()
			if !bytes.Equal(file.Bytes(), []byte(files[s.Path])) {
				t.Fatalf("%s is not printed byte by byte", s.Path)
			}
		}
	})
}

func checkPlace(t *testing.T, files map[string]string, r finding.Range) {
	t.Helper()
	text, ok := files[r.Path]
	if !ok {
		t.Fatalf("%s is none of the files", r)
	}
	checkRange(t, []byte(text), r)
}

// checkCommand looks at the words of a command, and whether it stands within its
// section.
func checkCommand(t *testing.T, files map[string]string, c *httpdconf.Command) {
	t.Helper()
	words := c.Words()
	if values := c.Argv(); len(values) != len(words) {
		t.Fatalf("%q and %d words", values, len(words))
	}
	for _, w := range words {
		checkPlace(t, files, w.At)
		if at := c.At(); w.At.Start.Byte < at.Start.Byte || w.At.End.Byte > at.End.Byte {
			t.Fatalf("%s: word %q stands outside at %s", at, w.Raw, w.At)
		}
	}
	p := c.Parent()
	if p == nil || p.Unit() != c.Unit() || p.Unit().Source == nil {
		return
	}
	end := p.EndAt()
	if c.At().Start.Byte < p.At().End.Byte || end.Start.Known() && end.Path == c.At().Path && c.At().End.Byte > end.Start.Byte {
		t.Fatalf("%s is not within %s and %s", c.At(), p.At(), end)
	}
}

// FuzzPatterns: any pattern of an Include is decided, in bounded time.
func FuzzPatterns(f *testing.F) {
	for _, p := range []string{"*.conf", "[a-c]*", "[!a]?", `\*`, "[", "[]x]", "a[b-", "*/*/x", strings.Repeat("*a", 50)} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, pattern string) {
		if strings.ContainsAny(pattern, "\n\x00") {
			return
		}
		files := map[string]string{"/main.conf": "IncludeOptional '/" + pattern + "'\n", "/a.conf": "X\n", "/sub/b.conf": "Y\n", "/sub/" + strings.Repeat("a", 200): "Z\n"}
		load(t, files, httpdconf.Options{MaxFiles: 200, MaxBytes: 1 << 16})
	})
}
