package finding

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// baselineOf takes the way over a file, as a run after another one does.
func baselineOf(t *testing.T, list List) Baseline {
	t.Helper()
	var b bytes.Buffer
	if err := WriteBaseline(&b, list); err != nil {
		t.Fatal(err)
	}
	out, wrong := ReadBaseline("baseline.json", b.Bytes())
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	return out
}

func one(slug, path, message string, line int) Finding {
	return Finding{Slug: slug, Severity: Error, Message: message, At: Range{Path: path, Start: Pos{Line: line, Column: 1}}}
}

func TestSplit(t *testing.T) {
	cases := map[string]struct {
		old, list, fresh, known List
		gone                    []Entry
	}{
		"nothing known": {list: List{one("a", "f", "m", 1)}, fresh: List{one("a", "f", "m", 1)}},
		"lines moved": {
			old: List{one("a", "f", "as in line 3", 1)}, list: List{one("a", "./f", "as in line 40", 90)},
			known: List{one("a", "./f", "as in line 40", 90)},
		},
		"other rule, file, message": {
			old:   List{one("a", "f", "m", 1)},
			list:  List{one("b", "f", "m", 1), one("a", "g", "m", 1), one("a", "f", "n", 1)},
			fresh: List{one("b", "f", "m", 1), one("a", "g", "m", 1), one("a", "f", "n", 1)},
			gone:  []Entry{{Path: "f", Slug: "a", Message: "m", Count: 1}},
		},
		"one more of the same": {
			old: List{one("a", "f", "m", 1)}, list: List{one("a", "f", "m", 1), one("a", "f", "m", 2)},
			known: List{one("a", "f", "m", 1)}, fresh: List{one("a", "f", "m", 2)},
		},
		"one less of the same": {
			old: List{one("a", "f", "m", 1), one("a", "f", "m", 2), one("a", "f", "m", 3)}, list: List{one("a", "f", "m", 2)},
			known: List{one("a", "f", "m", 2)}, gone: []Entry{{Path: "f", Slug: "a", Message: "m", Count: 2}},
		},
		"hostile": {old: hostile(), list: hostile(), known: hostile()},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			fresh, known, gone := baselineOf(t, c.old).Split(c.list)
			if len(gone) == 0 {
				gone = nil
			}
			for _, diff := range []string{cmp.Diff(c.fresh, fresh), cmp.Diff(c.known, known), cmp.Diff(c.gone, gone)} {
				if diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func TestZeroBaseline(t *testing.T) {
	fresh, known, gone := Baseline{}.Split(List{one("a", "f", "m", 1)})
	if len(fresh) != 1 || len(known) != 0 || len(gone) != 0 {
		t.Error(fresh, known, gone)
	}
}

func TestReadBaseline(t *testing.T) {
	cases := map[string]struct{ src, want string }{
		"empty text":      {"", "b.json:1:1: error: the baseline is no JSON: unexpected end of JSON input [bad-baseline]"},
		"no JSON":         {"{\n  \"ä\": x}", "b.json:2:8: error: the baseline is no JSON: invalid character 'x' looking for beginning of value [bad-baseline]"},
		"binary":          {"\x00\xff", `b.json:1:1: error: the baseline is no JSON: invalid character '\x00' looking for beginning of value [bad-baseline]`},
		"a list":          {"[]", "b.json:1:1: error: the baseline is of type array, expected object [bad-baseline]"},
		"a text as count": {`{"version":1,"findings":[{"count":"2"}]}`, "b.json:1:37: error: findings.count in the baseline is of type string, expected whole number [bad-baseline]"},
		"half a finding":  {"{\"version\":1,\n\"findings\":[{\"count\":1.5}]}", "b.json:2:24: error: findings.count in the baseline is of type number, expected whole number [bad-baseline]"},
		"another version": {`{"version":2}`, "b.json: error: the baseline has version 2, expected 1 [bad-baseline]"},
		"no version":      {`{}`, "b.json: error: the baseline has version 0, expected 1 [bad-baseline]"},
		"no slug":         {`{"version":1,"findings":[{"message":"m","count":1}]}`, "b.json: error: entry 1 of the baseline has no slug [bad-baseline]"},
		"no message":      {`{"version":1,"findings":[{"slug":"s","count":1}]}`, "b.json: error: entry 1 of the baseline has no message [bad-baseline]"},
		"no count":        {`{"version":1,"findings":[{"slug":"s","message":"m"}]}`, "b.json: error: entry 1 of the baseline has count 0, expected 1 or more [bad-baseline]"},
	}
	for name, c := range cases {
		b, list := ReadBaseline("b.json", []byte(c.src))
		var got bytes.Buffer
		for i := range list {
			list[i].Hint = ""
		}
		if err := WriteText(&got, list, TextOptions{}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want+"\n", got.String()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if len(b.entries) > 0 {
			t.Errorf("%s: a baseline beside errors", name)
		}
	}
}

// Members that a later version adds are passed over, and equal entries add up.
func TestReadBaselineOfAPerson(t *testing.T) {
	b, list := ReadBaseline("b.json", []byte(`{"version":1,"why":"old","findings":[{"slug":"a","path":"f","message":"m","count":1,"who":"me"},{"slug":"a","path":"f","message":"m","count":2}]}`))
	if len(list) > 0 {
		t.Fatal(list)
	}
	_, known, gone := b.Split(List{one("a", "f", "m", 1)})
	if diff := cmp.Diff([]Entry{{Path: "f", Slug: "a", Message: "m", Count: 2}}, gone); diff != "" || len(known) != 1 {
		t.Error(diff, known)
	}
}

func FuzzReadBaseline(f *testing.F) {
	f.Add([]byte(`{"version":1,"findings":[{"slug":"a","path":"f","message":"m","count":1}]}`))
	f.Add([]byte("{\n\"version\": 1,\n\"findings\": [{\"count\": \"\xff\"}]}"))
	f.Add([]byte(``))
	f.Fuzz(func(t *testing.T, src []byte) {
		b, list := ReadBaseline("b.json", src)
		for _, w := range list {
			if w.At.Start.Byte > len(src) || w.At.End.Byte > len(src) || w.At.End.Byte < w.At.Start.Byte {
				t.Errorf("a place beyond the text: %+v", w.At)
			}
		}
		fresh, known, gone := b.Split(nil)
		if len(fresh)+len(known) > 0 || len(gone) != len(b.entries) {
			t.Error(fresh, known, gone)
		}
	})
}
