package report

import (
	"bytes"
	"encoding/xml"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/fedstone/fedstone/internal/junit"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/probe"
)

// junitSchema are the attributes and children that junit-10.xsd has, as far as they
// are written, with those that it asks for.
var junitSchema = map[string]struct{ attributes, required, children []string }{
	"testsuites": {[]string{"name", "tests", "failures", "errors", "time", "disabled"}, nil, []string{"testsuite"}},
	"testsuite": {[]string{"name", "tests", "failures", "errors", "time", "skipped", "timestamp", "hostname", "id", "package"},
		[]string{"name", "tests"}, []string{"testcase", "properties", "system-out", "system-err"}},
	"testcase": {[]string{"name", "assertions", "time", "classname", "status"}, []string{"name"},
		[]string{"skipped", "error", "failure", "system-out", "system-err"}},
	"failure": {[]string{"type", "message"}, nil, nil},
	"skipped": {},
}

// junitTime is the schema's SUREFIRE_TIME.
var junitTime = regexp.MustCompile(`^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]{0,3})?$`)

func junitOf(t testing.TB, f probe.Fleet) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteJUnit(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestJUnitKeepsToTheSchema(t *testing.T) {
	for name, f := range samples() {
		var open []string
		decoder := xml.NewDecoder(bytes.NewReader(junitOf(t, f)))
		for {
			token, err := decoder.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			switch e := token.(type) {
			case xml.StartElement:
				checkJUnit(t, open, e)
				open = append(open, e.Name.Local)
			case xml.EndElement:
				open = open[:len(open)-1]
			}
		}
	}
}

func checkJUnit(t *testing.T, open []string, e xml.StartElement) {
	t.Helper()
	name := e.Name.Local
	rules, known := junitSchema[name]
	if !known || len(open) > 0 && !slices.Contains(junitSchema[open[len(open)-1]].children, name) {
		t.Errorf("<%s> in %v", name, open)
	}
	var names []string
	for _, a := range e.Attr {
		names = append(names, a.Name.Local)
		if !slices.Contains(rules.attributes, a.Name.Local) || a.Name.Local == "time" && !junitTime.MatchString(a.Value) {
			t.Errorf("<%s> has %s=%q", name, a.Name.Local, a.Value)
		}
	}
	for _, r := range rules.required {
		if !slices.Contains(names, r) {
			t.Errorf("<%s> has no %s", name, r)
		}
	}
}

// A server that follows cases over runs needs each name once, and sums that are right.
func TestJUnitNamesAndSums(t *testing.T) {
	for name, f := range samples() {
		var report junit.Report
		if err := xml.Unmarshal(junitOf(t, f), &report); err != nil {
			t.Fatal(err)
		}
		seen := map[[2]string]bool{}
		failures, want := 0, tallyOf(f)
		for _, s := range report.Suites {
			if s.Tests != len(s.Cases) {
				t.Errorf("%s: %s tells %d tests and has %d", name, s.Name, s.Tests, len(s.Cases))
			}
			for _, c := range s.Cases {
				if seen[[2]string{c.Class, c.Name}] {
					t.Errorf("%s: %s %s stands twice", name, c.Class, c.Name)
				}
				seen[[2]string{c.Class, c.Name}] = true
				failures += count(c.Failure != nil)
			}
		}
		if failures != want.failed || report.Failures != want.failed {
			t.Errorf("%s: %d failures, %d told, want %d", name, failures, report.Failures, want.failed)
		}
	}
}

func TestJUnitReport(t *testing.T) {
	labtest.Golden(t, filepath.Join("testdata", "report.junit.xml"), junitOf(t, samples()["refused"]), *update)
}
