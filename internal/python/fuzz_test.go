package python_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/python"
)

// FuzzLiteralEval: no panic, and what is read is read again from its repr; not so
// complex numbers, which lose the sign of a zero in Python too.
func FuzzLiteralEval(f *testing.F) {
	for _, text := range pickedLiterals {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, ver := range []python.Version{{Major: 3, Minor: 9}, python311} {
			v, err := python.LiteralEval(text, ver)
			known(t, text, err)
			if err != nil || !utf8.ValidString(text) {
				continue
			}
			written := python.Repr(v, ver)
			again, err := python.LiteralEval(written, ver)
			if err == nil && !strings.Contains(written, "j") && python.Repr(again, ver) != written {
				t.Fatalf("%q is read as %s, and that as %s", text, written, python.Repr(again, ver))
			}
		}
	})
}

func FuzzJSON(f *testing.F) {
	for _, text := range pickedJSON {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := python.JSON(text)
		known(t, text, err)
		if err == nil {
			python.Repr(v, python311)
		}
	})
}

// FuzzFormat: no panic, an error gives dst back, a constant is what it says.
func FuzzFormat(f *testing.F) {
	for _, text := range pickedTemplates {
		f.Add(text, "a", "b")
	}
	f.Fuzz(func(t *testing.T, text, one, other string) {
		args := []python.Arg{{Values: []string{one}}, {Values: []string{one, other}, Chance: true}, {Values: []string{other, one}}, {}}
		template := python.ParseTemplate(text)
		out, err := template.Append([]byte("x"), args, python311)
		known(t, text, err)
		if err != nil && string(out) != "x" {
			t.Fatalf("%q: %v, but also %q", text, err, out)
		}
		constant, ok := template.Literal()
		if ok && (err != nil || "x"+constant != string(out)) {
			t.Fatal(cmp.Diff("x"+constant, string(out)), errors.Unwrap(err))
		}
	})
}
