package finding

import (
	"bytes"
	"encoding/json"
	"io"
	"testing"
)

// FuzzReports puts foreign text wherever a finding has text. Reports stay what
// they are: one line a command, well-formed XML, SARIF by its schema, and nothing
// that a terminal would obey.
func FuzzReports(f *testing.F) {
	f.Add("etc/httpd/httpd.conf", "the value is empty", "OIDCScope openid\n", 3)
	f.Add("a\n::error::b", "\x1b]0;x\x07 ]]> <!--", "%0A::stop-commands::x\r\n", 0)
	f.Add("", "\xff\xfe\ufffe\u202e{0}[x](y)", "", -1)
	schema, err := compileSARIF()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, path, message, hint string, line int) {
		at := Range{Path: path, Start: Pos{Line: line, Column: line / 2}, End: Pos{Line: line, Column: line}}
		list := List{{
			Slug: "s", Severity: Error, Message: message, Hint: hint, At: at, Related: []Related{{message, at}},
			Fix: &Fix{Title: message, Edits: []Edit{{At: Range{Path: path}, Text: "x"}}},
		}}
		junitOf(t, list, []string{path})
		sarif := drawn(t, func(w io.Writer) error { return WriteSARIF(w, list, nil, "") })
		if err := schema.Validate(document(t, sarif)); err != nil {
			t.Error(err)
		}
		if !json.Valid(drawn(t, func(w io.Writer) error { return WriteJSON(w, list, 1) })) {
			t.Error("no JSON")
		}
		text := drawn(t, func(w io.Writer) error {
			return WriteText(w, list, TextOptions{Source: func(string) []byte { return []byte(message) }})
		})
		github := drawn(t, func(w io.Writer) error { return WriteGitHub(w, list) })
		if bytes.Count(github, []byte("\n")) != 1 {
			t.Errorf("not one line: %q", github)
		}
		for _, report := range [][]byte{text, github} {
			if shown := PrintableLines(string(report)); shown != string(report) {
				t.Errorf("a report would be shown as %q", shown)
			}
		}
		knows(t, list)
	})
}

// knows asserts that a baseline knows what it was written from.
func knows(t *testing.T, list List) {
	t.Helper()
	if list[0].Message == "" {
		return
	}
	if fresh, _, gone := baselineOf(t, list).Split(list); len(fresh)+len(gone) > 0 {
		t.Error(fresh, gone)
	}
}

func drawn(t *testing.T, write func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
