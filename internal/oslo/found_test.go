package oslo_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestFindings shows what people read of every written case that is refused.
func TestFindings(t *testing.T) {
	var out bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(parseCases)) {
		text := []byte(parseCases[name])
		_, found := oslo.Parse("keystone.conf", text)
		if len(found) == 0 {
			continue
		}
		fmt.Fprintf(&out, "== %s\n", name)
		source := func(string) []byte { return text }
		if err := finding.WriteText(&out, found, finding.TextOptions{Source: source}); err != nil {
			t.Fatal(err)
		}
	}
	labtest.Golden(t, "testdata/findings.txt", out.Bytes(), *update)
}

// TestFindingsHideText: what a refused line says may be a secret.
func TestFindingsHideText(t *testing.T) {
	const secret = "s3cr3t"
	for name, text := range map[string]string{
		"no sign":      "[a]\n" + secret + "\n",
		"continuation": "[a]\n  " + secret + " = " + secret + "\n",
		"no key":       "[a]\n= " + secret + "\n",
		"section":      "[" + secret + "\n",
		"no section":   "a = " + secret + "\n",
		"encoding":     "[a]\nb = " + secret + "\xff" + secret + "\n",
		"mark":         "\ufeff" + secret + "\n",
	} {
		_, found := oslo.Parse("x.conf", []byte(text))
		if len(found) == 0 {
			t.Errorf("%s: nothing is found", name)
		}
		for _, f := range found {
			if strings.Contains(f.Message+f.Hint, secret) {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
}

// TestReadsOn: behind what is refused the file is read as it was meant.
func TestReadsOn(t *testing.T) {
	want := sections{"a": {"b": {"c"}, "d": {"e"}}}
	for name, text := range map[string]string{
		"indented":                 "[a]\n  b = c\n  # comment\n  d = e\n",
		"comment behind a section": "[a] # comment\nb = c\nd = e\n",
		"open section":             "[a\nb = c\nd = e\n",
		"byte order mark":          "\ufeff[a]\nb = c\nd = e\n",
		"line without sign":        "[a]\nb = c\nwhat\n  is\nthis\nd = e\n",
		"key before a section":     "x = y\nz = z\n[a]\nb = c\nd = e\n",
		"latin-1":                  "# \xe9\n[a]\nb = c\nd = e\n",
	} {
		file, found := oslo.Parse("x.conf", []byte(text))
		if diff := cmp.Diff(want, asWritten(file)); diff != "" || len(found) != 1 {
			t.Errorf("%s: %v\n%s", name, found, diff)
		}
	}
}

// TestFixes: what can be mended mechanically is taken by oslo.config afterwards.
func TestFixes(t *testing.T) {
	fixed := map[string]string{}
	for name, text := range parseCases {
		_, found := oslo.Parse("x.conf", []byte(text))
		if fixes := found.Fixes(); len(fixes) > 0 {
			out, applied, _, err := finding.Apply(map[string][]byte{"x.conf": []byte(text)}, fixes)
			if err != nil || len(applied) != len(fixes) {
				t.Fatalf("%s: %d of %d fixes, %v", name, len(applied), len(fixes), err)
			}
			fixed[name] = string(out["x.conf"])
			_, left := oslo.Parse("x.conf", out["x.conf"])
			if len(left) != len(found)-len(fixes) {
				t.Errorf("%s: %d findings, %d fixes, left %v", name, len(found), len(fixes), left)
			}
		}
	}
	want := map[string]string{
		"byte order mark":             "[a]\nb = c\n",
		"byte order mark alone":       "",
		"byte order mark, assignment": "a = b\n  c\n[d]\n",
		"byte order mark, colon":      "[a:b]\n  c = d\n",
		"byte order mark, comment":    "# a: b\n\n[d]\n",
		"byte order marks":            "\n \ufeffa\n",
		"comment behind a section":    "[a]\n# the section\nb = c\n[d]x\n",
		"indented comment":            "# comment\n[a]\nb = c\n",
		"indented comments":           "[a]\n\n# one\n; two\n\n# three\nb = c\n",
		"indented, then no sign":      "[a]\n# one\nb\nc\n  d\n",
	}
	if diff := cmp.Diff(want, fixed); diff != "" {
		t.Error(diff)
	}
}
