package finding

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/junit"
	"github.com/google/go-cmp/cmp"
)

// allowed are the attributes and children that junit-10.xsd has, as far as they
// are written, with those that it asks for.
var allowed = map[string]struct{ attributes, required, children []string }{
	"testsuites": {[]string{"name", "tests", "failures", "errors", "time", "disabled"}, nil, []string{"testsuite"}},
	"testsuite": {[]string{"name", "tests", "failures", "errors", "time", "skipped", "timestamp", "hostname", "id", "package"},
		[]string{"name", "tests"}, []string{"testcase", "properties", "system-out", "system-err"}},
	"testcase": {[]string{"name", "assertions", "time", "classname", "status"}, []string{"name"},
		[]string{"skipped", "error", "failure", "system-out", "system-err"}},
	"failure":    {[]string{"type", "message"}, nil, nil},
	"system-out": {},
}

func junitOf(t *testing.T, list List, files []string) (junit.Report, []byte) {
	t.Helper()
	var b bytes.Buffer
	if err := WriteJUnit(&b, list, files); err != nil {
		t.Fatal(err)
	}
	var report junit.Report
	if err := xml.Unmarshal(b.Bytes(), &report); err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	return report, b.Bytes()
}

func TestJUnitKeepsToTheSchema(t *testing.T) {
	_, text := junitOf(t, hostile(), []string{"clean.conf"})
	var open []string
	decoder := xml.NewDecoder(bytes.NewReader(text))
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			checkElement(t, open, e)
			open = append(open, e.Name.Local)
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}

func checkElement(t *testing.T, open []string, e xml.StartElement) {
	t.Helper()
	name := e.Name.Local
	rules, known := allowed[name]
	if !known || len(open) > 0 && !slices.Contains(allowed[open[len(open)-1]].children, name) {
		t.Errorf("<%s> in %v", name, open)
	}
	var names []string
	for _, a := range e.Attr {
		names = append(names, a.Name.Local)
		if !slices.Contains(rules.attributes, a.Name.Local) {
			t.Errorf("<%s> has %s", name, a.Name.Local)
		}
	}
	for _, r := range rules.required {
		if !slices.Contains(names, r) {
			t.Errorf("<%s> has no %s", name, r)
		}
	}
}

// What a person reads is what the finding says, after XML is taken off.
func TestJUnitText(t *testing.T) {
	report, _ := junitOf(t, hostile(), nil)
	var got []string
	for _, s := range report.Suites {
		for _, c := range s.Cases {
			switch {
			case c.Failure != nil:
				got = append(got, c.Failure.Text)
			case c.Output != nil:
				got = append(got, c.Output.Text)
			}
		}
	}
	var want []string
	for _, f := range hostile() {
		want = append(want, (&drawer{}).text(f))
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestJUnitCounts(t *testing.T) {
	list := List{
		{Slug: "a", Severity: Error, At: Range{Path: "x"}}, {Slug: "b", Severity: Info, At: Range{Path: "x"}}, {Slug: "c", Severity: Warning, At: Range{Path: "y"}},
	}
	report, text := junitOf(t, list, []string{"z", "x"})
	got := map[string][2]int{"": {report.Tests, report.Failures}}
	for _, s := range report.Suites {
		got[s.Name] = [2]int{s.Tests, s.Failures}
		if s.Tests != len(s.Cases) {
			t.Errorf("%s: %d cases, %d told", s.Name, len(s.Cases), s.Tests)
		}
	}
	want := map[string][2]int{"": {4, 2}, "x": {2, 1}, "y": {1, 1}, "z": {1, 0}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if again, _ := junitOf(t, nil, nil); again.Tests != 0 || !strings.HasPrefix(string(text), "<?xml") {
		t.Error(again)
	}
}
