package finding

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// edit replaces the bytes from to to of the file f.
func edit(from, to int, text string) Edit {
	return Edit{At: Range{Path: "f", Start: Pos{Byte: from}, End: Pos{Byte: to}}, Text: text}
}

func TestApply(t *testing.T) {
	quote := &Fix{Title: "quote", Edits: []Edit{edit(2, 2, `"`), edit(4, 4, `"`)}}
	again := &Fix{Title: "quote again", Edits: quote.Edits}
	drop := &Fix{Title: "drop", Edits: []Edit{edit(2, 5, "")}}
	within := &Fix{Title: "within", Edits: []Edit{edit(3, 3, "!")}}
	half := &Fix{Title: "half", Edits: []Edit{edit(0, 1, "A"), edit(3, 4, "D")}}
	before, behind := &Fix{Edits: []Edit{edit(2, 2, "<")}}, &Fix{Edits: []Edit{edit(5, 5, ">")}}
	end := &Fix{Edits: []Edit{edit(8, 8, "\n")}}
	same := &Fix{Edits: []Edit{edit(0, 1, "a")}}
	cases := map[string]struct {
		fixes            []*Fix
		want             string
		applied, skipped []*Fix
	}{
		"two insertions":                        {[]*Fix{quote}, `ab"cd"efgh`, []*Fix{quote}, nil},
		"one mend of two findings":              {[]*Fix{quote, again}, `ab"cd"efgh`, []*Fix{quote, again}, nil},
		"the first of two wins":                 {[]*Fix{drop, within}, "abfgh", []*Fix{drop}, []*Fix{within}},
		"the first wins in either order":        {[]*Fix{within, drop}, "abc!defgh", []*Fix{within}, []*Fix{drop}},
		"whole or not at all":                   {[]*Fix{drop, half}, "abfgh", []*Fix{drop}, []*Fix{half}},
		"a skipped fix is in nobody's way":      {[]*Fix{drop, half, same, end}, "abfgh\n", []*Fix{drop, same, end}, []*Fix{half}},
		"borders are not shared":                {[]*Fix{drop, before, behind}, "ab<>fgh", []*Fix{drop, before, behind}, nil},
		"insertions keep the order of fixes":    {[]*Fix{before, quote}, `ab<"cd"efgh`, []*Fix{before, quote}, nil},
		"insertions keep that order, turned":    {[]*Fix{quote, before}, `ab"<cd"efgh`, []*Fix{quote, before}, nil},
		"at the end":                            {[]*Fix{end}, "abcdefgh\n", []*Fix{end}, nil},
		"what is there already changes no file": {[]*Fix{same}, "", []*Fix{same}, nil},
		"none":                                  {nil, "", nil, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			src := map[string][]byte{"f": []byte("abcdefgh"), "other": []byte("x")}
			out, applied, skipped, err := Apply(src, c.fixes)
			if err != nil {
				t.Fatal(err)
			}
			want := map[string][]byte{}
			if c.want != "" {
				want["f"] = []byte(c.want)
			}
			for _, diff := range []string{cmp.Diff(want, out), cmp.Diff(c.applied, applied), cmp.Diff(c.skipped, skipped), cmp.Diff("abcdefgh", string(src["f"]))} {
				if diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func TestApplyToTwoFiles(t *testing.T) {
	other := edit(0, 1, "y")
	other.At.Path = "other"
	src := map[string][]byte{"f": []byte("x"), "other": []byte("x")}
	out, _, _, err := Apply(src, []*Fix{{Edits: []Edit{other, edit(1, 1, "x")}}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string][]byte{"f": []byte("xx"), "other": []byte("y")}, out); diff != "" {
		t.Error(diff)
	}
}

func TestApplyRefuses(t *testing.T) {
	stranger := edit(0, 0, "")
	stranger.At.Path = "not\x1bread"
	cases := map[string]struct {
		edits []Edit
		want  string
	}{
		"a file that was not read": {[]Edit{stranger}, `fix "t": it edits not\x1bread, which was not read`},
		"beyond the text":          {[]Edit{edit(1, 4, "")}, `fix "t": it edits bytes 1 to 4 of f, which has 3`},
		"before the text":          {[]Edit{edit(-1, 0, "")}, `fix "t": it edits bytes -1 to 0 of f, which has 3`},
		"backwards":                {[]Edit{edit(2, 1, "")}, `fix "t": it edits bytes 2 to 1 of f, which has 3`},
		"over itself":              {[]Edit{edit(0, 2, ""), edit(1, 3, "")}, `fix "t": its edits of f overlap each other`},
	}
	for name, c := range cases {
		out, _, _, err := Apply(map[string][]byte{"f": []byte("abc")}, []*Fix{{Title: "t", Edits: c.edits}})
		if err == nil || out != nil {
			t.Errorf("%s: %v, %v", name, out, err)
			continue
		}
		if diff := cmp.Diff(c.want, err.Error()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestFixes(t *testing.T) {
	a, b := &Fix{Title: "a"}, &Fix{Title: "a"}
	got := List{{Fix: b}, {}, {Fix: a}, {Fix: b}}.Fixes()
	if len(got) != 2 || got[0] != b || got[1] != a {
		t.Error(got)
	}
}

func TestDiff(t *testing.T) {
	cases := map[string]struct{ path, before, after, want string }{
		"a line":       {"/etc/x.conf", "a\nb\n", "a\nc\n", "diff a/etc/x.conf b/etc/x.conf\n--- a/etc/x.conf\n+++ b/etc/x.conf\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"},
		"relative":     {"x", "a\n", "", "diff a/x b/x\n--- a/x\n+++ b/x\n@@ -1,1 +0,0 @@\n-a\n"},
		"hostile name": {"x\n+++ y", "a\n", "", "diff a/x\\x0a+++ y b/x\\x0a+++ y\n--- a/x\\x0a+++ y\n+++ b/x\\x0a+++ y\n@@ -1,1 +0,0 @@\n-a\n"},
		"nothing":      {"x", "a\n", "a\n", ""},
	}
	for name, c := range cases {
		if diff := cmp.Diff(c.want, string(Diff(c.path, []byte(c.before), []byte(c.after)))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// FuzzApply reads fixes of two edits each from bytes, and compares with the plain
// way: every edit against every other, and the text built from the back.
func FuzzApply(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{2, 2, 4, 4, 2, 2, 4, 4, 1, 5, 7, 7})
	f.Add([]byte{0, 9, 9, 9, 3, 3, 3, 3, 5, 6, 6, 5})
	f.Fuzz(func(t *testing.T, data []byte) {
		const text = "0123456789"
		var fixes []*Fix
		for i := 0; i+4 <= len(data) && i < 80; i += 4 {
			fixes = append(fixes, fixOf(data[i:i+4]))
		}
		out, applied, skipped, err := Apply(map[string][]byte{"f": []byte(text)}, fixes)
		if err != nil {
			t.Skip("edits that overlap each other")
		}
		want := plainly(text, applied)
		got, changed := out["f"]
		if !changed {
			got = []byte(text)
		}
		if diff := cmp.Diff(want, string(got)); diff != "" || len(applied)+len(skipped) != len(fixes) {
			t.Errorf("%d of %d fixes: %s", len(applied)+len(skipped), len(fixes), diff)
		}
		if kept := firsts(fixes); len(kept) != len(applied) {
			t.Errorf("applied %d fixes, expected %d", len(applied), len(kept))
		}
	})
}

// fixOf gives a fix whose edits are told apart by their places.
func fixOf(b []byte) *Fix {
	one := func(x, y byte) Edit {
		from, to := min(int(x)%11, int(y)%11), max(int(x)%11, int(y)%11)
		return edit(from, to, strings.Repeat("x", to-from)+string(rune('a'+int(x)%3)))
	}
	return &Fix{Edits: []Edit{one(b[0], b[1]), one(b[2], b[3])}}
}

func clash(a, b Edit) bool {
	shared := max(a.At.Start.Byte, b.At.Start.Byte) < min(a.At.End.Byte, b.At.End.Byte)
	return a != b && (shared || inside(a, b) || inside(b, a))
}

// inside reports whether an insertion a is strictly within b.
func inside(a, b Edit) bool {
	return a.At.Start == a.At.End && b.At.Start.Byte < a.At.Start.Byte && a.At.Start.Byte < b.At.End.Byte
}

func firsts(fixes []*Fix) []*Fix {
	var kept []*Fix
	for _, f := range fixes {
		free := true
		for _, k := range kept {
			for _, a := range f.Edits {
				for _, b := range k.Edits {
					free = free && !clash(a, b)
				}
			}
		}
		if free {
			kept = append(kept, f)
		}
	}
	return kept
}

// plainly inserts place by place: at each byte first what is inserted there, then
// what replaces the bytes from there on.
func plainly(text string, fixes []*Fix) string {
	var out strings.Builder
	done := map[Edit]bool{}
	for at := 0; at <= len(text); {
		next, body := at+1, text[at:min(at+1, len(text))]
		for _, f := range fixes {
			for _, e := range f.Edits {
				if e.At.Start.Byte != at || done[e] {
					continue
				}
				done[e] = true
				if e.At.End.Byte == at {
					out.WriteString(e.Text)
				} else {
					next, body = e.At.End.Byte, e.Text
				}
			}
		}
		out.WriteString(body)
		at = next
	}
	return out.String()
}
