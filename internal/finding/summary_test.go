package finding

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSummary(t *testing.T) {
	fix := &Fix{}
	cases := map[string]struct {
		list  List
		files int
		want  string
	}{
		"nothing":  {nil, 0, "nothing found in 0 files"},
		"one each": {List{{Severity: Error}, {Severity: Warning}, {Severity: Info}}, 1, "1 error, 1 warning, 1 info in 1 file"},
		"several":  {List{{Severity: Error}, {Severity: Error}, {Severity: Info}, {Severity: Info}}, 2, "2 errors, 2 infos in 2 files"},
		"a fix of two findings": {List{{Severity: Error, Fix: fix}, {Severity: Error, Fix: fix}}, 1,
			"2 errors in 1 file, 1 can be fixed"},
	}
	for name, c := range cases {
		if diff := cmp.Diff(c.want, Summary(c.list, c.files)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// What follows from one cause does not bury the next finding.
func TestManyRelated(t *testing.T) {
	for n, want := range map[int]string{8: "", 9: "  and 1 more place\n", 20000: "  and 19992 more places\n"} {
		var got bytes.Buffer
		if err := WriteText(&got, List{{Slug: "s", Related: make([]Related, n)}}, TextOptions{}); err != nil {
			t.Fatal(err)
		}
		if strings.Count(got.String(), "note:") != 8 || !strings.HasSuffix(got.String(), want) || (want == "") == strings.Contains(got.String(), "more place") {
			t.Errorf("%d: %s", n, got.String())
		}
	}
}

func TestMask(t *testing.T) {
	opts := TextOptions{
		Source: func(string) []byte { return []byte("OIDCClientID x\nOIDCClientSecret hunter2\n") },
		Mask:   func(path string, line int) bool { return path == "f.yaml" && line == 2 },
	}
	var got bytes.Buffer
	list := List{{Slug: "a", Severity: Error, Message: "m", At: place(1, 1, 1, 2)}, {Slug: "b", Severity: Error, Message: "m", At: place(2, 1, 2, 2)}}
	if err := WriteText(&got, list, opts); err != nil {
		t.Fatal(err)
	}
	want := "f.yaml:1:1: error: m [a]\n 1 | OIDCClientID x\n   | ^\n" +
		"f.yaml:2:1: error: m [b]\n 2 | (not shown: it may hold a secret)\n"
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error(diff)
	}
}
