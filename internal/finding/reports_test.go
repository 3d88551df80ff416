package finding

import (
	"bytes"
	"flag"
	"io"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// hostile is a list that a tree full of malice could lead to, beside plain ones.
func hostile() List {
	at := func(path string, line, column, endLine, endColumn int) Range {
		return Range{Path: path, Start: Pos{Line: line, Column: column, Byte: 10 * line}, End: Pos{Line: endLine, Column: endColumn, Byte: 10*endLine + 2}}
	}
	quote := &Fix{Title: "quote {the} value", Edits: []Edit{
		{At: at("etc/httpd/a b.conf", 3, 5, 3, 5), Text: "\""},
		{At: at("/etc/keystone/keystone.conf", 1, 1, 2, 1), Text: "]]>\x1b\n"},
		{At: Range{Path: "etc/httpd/a b.conf", Start: Pos{Byte: 90}, End: Pos{Byte: 90}}, Text: "\""},
	}}
	return List{
		{Slug: "plain-error", Severity: Error, Message: "the value has 2 words, expected 1", Hint: "quote it:\n  OIDCScope \"openid email\"",
			At: at("etc/httpd/a b.conf", 3, 5, 3, 17), Fix: quote,
			Related: []Related{{Message: "included from {0} [here](1)", At: at("etc/httpd/httpd.conf", 7, 1, 7, 9)}, {Message: "no file"}}},
		{Slug: "control", Severity: Warning, Message: "\x1b[2J\x00\x07\r\n\u202e\u0085\ufffe\xff ]]> <b>&amp;", Hint: "]]>\n::error::x\r", At: at("/etc/ä,:%::x", 1, 1, 3, 1)},
		{Slug: "workflow", Severity: Error, Message: "%0A::error file=x::y\n##[error]z", At: at("a\n::error::b\x1b\xff", 2, 2, 4, 2)},
		{Slug: "workflow", Severity: Error, Message: "%0A::error file=x::y\n##[error]z", At: at("a\n::error::b\x1b\xff", 9, 2, 11, 2)},
		{Slug: "braces", Severity: Info, Message: `{"user": {"name": "{0}"}} [click](https://evil.example/) %{REMOTE_USER}e`, At: Range{Path: "mapping:1.json"}},
		{Slug: "nameless", Severity: Error, Message: "standard input is empty", Fix: &Fix{Title: "nothing"}},
	}
}

func rulesOfHostile() []RuleInfo {
	return []RuleInfo{
		{Slug: "plain-error", Title: "A value of two words", Help: "Quote `{it}`.\n\n    OIDCScope \"openid email\"\n", HelpURI: "https://fedstone.example/rules#plain-error", Severity: Error},
		{Slug: "braces", Title: "Braces", Severity: Info},
	}
}

func TestReports(t *testing.T) {
	files := []string{"etc/httpd/httpd.conf", "etc/httpd/a b.conf", "etc/httpd/httpd.conf"}
	for name, write := range map[string]func(io.Writer) error{
		"report.txt":        func(w io.Writer) error { return WriteText(w, hostile(), TextOptions{}) },
		"report.json":       func(w io.Writer) error { return WriteJSON(w, hostile(), 5) },
		"report.sarif":      func(w io.Writer) error { return WriteSARIF(w, hostile(), rulesOfHostile(), "1.2.3") },
		"report.junit.xml":  func(w io.Writer) error { return WriteJUnit(w, hostile(), files) },
		"report.github.txt": func(w io.Writer) error { return WriteGitHub(w, hostile()) },
		"baseline.json":     func(w io.Writer) error { return WriteBaseline(w, hostile()) },
	} {
		t.Run(name, func(t *testing.T) {
			var got bytes.Buffer
			if err := write(&got); err != nil {
				t.Fatal(err)
			}
			labtest.Golden(t, "testdata/"+name, got.Bytes(), *update)
			if strings.ContainsAny(got.String(), "\x00\x07\x1b\r") {
				t.Error("a control character is in the report")
			}
		})
	}
}

// A report that cannot be written is an error of every reporter.
func TestReportsTellFailure(t *testing.T) {
	for name, write := range map[string]func(io.Writer) error{
		"text":     func(w io.Writer) error { return WriteText(w, hostile(), TextOptions{}) },
		"json":     func(w io.Writer) error { return WriteJSON(w, hostile(), 1) },
		"sarif":    func(w io.Writer) error { return WriteSARIF(w, hostile(), nil, "") },
		"junit":    func(w io.Writer) error { return WriteJUnit(w, hostile(), nil) },
		"github":   func(w io.Writer) error { return WriteGitHub(w, hostile()) },
		"baseline": func(w io.Writer) error { return WriteBaseline(w, hostile()) },
	} {
		if err := write(full{}); err != io.ErrShortWrite {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
