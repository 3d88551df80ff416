package finding

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func place(line, column, endLine, endColumn int) Range {
	return Range{Path: "f.yaml", Start: Pos{Line: line, Column: column}, End: Pos{Line: endLine, Column: endColumn}}
}

func TestWriteText(t *testing.T) {
	cases := map[string]struct {
		finding Finding
		source  string
		want    string
	}{
		"caret under the place": {
			Finding{Slug: "s", Severity: Error, Message: "m", Hint: "h", At: place(2, 5, 2, 8)}, "a: b\n    xyz: 1\n",
			"f.yaml:2:5: error: m [s]\n 2 |     xyz: 1\n   |     ^^^\n  hint: h\n",
		},
		"wide characters count twice": {
			Finding{Slug: "s", Severity: Warning, Message: "m", At: place(1, 3, 1, 5)}, "日本語x",
			"f.yaml:1:3: warning: m [s]\n 1 | 日本語x\n   |     ^^^\n",
		},
		"to the end of the line": {
			Finding{Slug: "s", Severity: Info, Message: "m", At: place(1, 2, 2, 1)}, "abc\ndef",
			"f.yaml:1:2: info: m [s]\n 1 | abc\n   |  ^^\n",
		},
		"tab before the place": {
			Finding{Slug: "s", Severity: Error, Message: "m", At: place(1, 2, 1, 3)}, "\tx",
			"f.yaml:1:2: error: m [s]\n 1 |     x\n   |     ^\n",
		},
		"CRLF": {
			Finding{Slug: "s", Severity: Error, Message: "m", At: place(1, 1, 1, 2)}, "x\r\ny",
			"f.yaml:1:1: error: m [s]\n 1 | x\n   | ^\n",
		},
		"beyond the line": {
			Finding{Slug: "s", Severity: Error, Message: "m", At: place(1, 99, 1, 100)}, "x",
			"f.yaml:1:99: error: m [s]\n 1 | x\n   |  ^\n",
		},
		"beyond the file": {
			Finding{Slug: "s", Severity: Error, Message: "m", At: place(9, 1, 9, 2)}, "x",
			"f.yaml:9:1: error: m [s]\n",
		},
		"whole file": {
			Finding{Slug: "s", Severity: Error, Message: "m", At: Range{Path: "f.yaml"}}, "x",
			"f.yaml: error: m [s]\n",
		},
		"no name": {
			Finding{Slug: "s", Severity: Error, Message: "m"}, "", "<input>: error: m [s]\n",
		},
		"line too long to read": {
			Finding{Slug: "s", Severity: Error, Message: "m", At: place(1, 1, 1, 2)}, strings.Repeat("x", 501),
			"f.yaml:1:1: error: m [s]\n",
		},
		"related place": {
			Finding{Slug: "s", Severity: Error, Message: "m", At: Range{Path: "f.yaml"}, Related: []Related{{Message: "first", At: place(3, 1, 3, 2)}}}, "",
			"f.yaml: error: m [s]\n  f.yaml:3:1: note: first\n",
		},
		"a fix": {
			Finding{Slug: "s", Severity: Error, Message: "m", Hint: "h", At: Range{Path: "f.yaml"}, Fix: &Fix{Title: "quote\x1b"}}, "",
			"f.yaml: error: m [s]\n  fix: quote\\x1b\n  hint: h\n",
		},
		"a last line without an end": {
			Finding{Slug: "s", Severity: Error, Message: "m", At: place(2, 1, 2, 2)}, "a\nb",
			"f.yaml:2:1: error: m [s]\n 2 | b\n   | ^\n",
		},
		"hint of two lines": {
			Finding{Slug: "s", Severity: Error, Message: "m", Hint: "a:\n  b", At: Range{Path: "f.yaml"}}, "",
			"f.yaml: error: m [s]\n  hint: a:\n          b\n",
		},
		"hostile text": {
			Finding{Slug: "s", Severity: Error, Message: "\x1b[2J\n\u202e", Hint: "\x07", At: place(1, 1, 1, 2)}, "\x1b\u200b\xff",
			"f.yaml:1:1: error: \\x1b[2J\\x0a\\u202e [s]\n 1 | \\x1b\\u200b\\xff\n   | ^^^^\n  hint: \\x07\n",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var got bytes.Buffer
			opts := TextOptions{Source: func(string) []byte { return []byte(c.source) }}
			if err := WriteText(&got, List{c.finding}, opts); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A path is foreign text too: whoever names a file may not write to the terminal.
func TestHostilePath(t *testing.T) {
	at := Range{Path: "a\x1b[2J\nb", Start: Pos{Line: 1, Column: 1}}
	var got bytes.Buffer
	if err := WriteText(&got, List{{Slug: "s", Severity: Error, Message: "m", At: at, Related: []Related{{At: at}}}}, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(got.String(), "\x1b") || strings.Count(got.String(), "\n") != 2 {
		t.Errorf("%q", got.String())
	}
}

func TestColor(t *testing.T) {
	list := List{{Slug: "s", Severity: Error, Message: "m"}}
	for on, want := range map[bool]bool{true: true, false: false} {
		var got bytes.Buffer
		if err := WriteText(&got, list, TextOptions{Color: on}); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(got.String(), "\x1b[") != want {
			t.Errorf("color %v: %q", on, got.String())
		}
	}
}

func TestWriteJSON(t *testing.T) {
	list := List{{Slug: "s", Severity: Warning, Message: "a\x1b\"b", Hint: "h", At: place(1, 2, 3, 4),
		Related: []Related{{Message: "first", At: place(5, 6, 5, 7)}}}}
	var out bytes.Buffer
	if err := WriteJSON(&out, list, 2); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"version": 1.0,
		"findings": []any{map[string]any{"slug": "s", "severity": "warning", "message": "a\x1b\"b", "hint": "h", "path": "f.yaml",
			"line": 1.0, "column": 2.0, "end_line": 3.0, "end_column": 4.0,
			"related": []any{map[string]any{"path": "f.yaml", "line": 5.0, "column": 6.0, "message": "first"}}}},
		"summary": map[string]any{"errors": 0.0, "warnings": 1.0, "infos": 0.0, "files": 2.0},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if bytes.ContainsRune(out.Bytes(), '\x1b') {
		t.Error("a control character is in the JSON text")
	}
}

// A pipeline reads findings as a list, also when there is none.
func TestWriteJSONWithoutFindings(t *testing.T) {
	var out bytes.Buffer
	if err := WriteJSON(&out, nil, 0); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), `"findings": []`) {
		t.Error(out.String())
	}
}
