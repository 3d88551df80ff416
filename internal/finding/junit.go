package finding

import (
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"slices"
)

// The elements of a JUnit report, as Jenkins' xunit plugin takes them
// (junit-10.xsd). GitLab and Azure read the same.
type (
	junitReport struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Class   string        `xml:"classname,attr"`
		Name    string        `xml:"name,attr"`
		Failure *junitFailure `xml:"failure"`
		Output  *junitText    `xml:"system-out"`
	}
	junitFailure struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",cdata"`
	}
	junitText struct {
		Text string `xml:",cdata"`
	}
)

// WriteJUnit writes one test suite for each file, by name, with a test case for
// each finding. Errors and warnings have failed; infos have passed and tell the
// finding as output; a file without findings has one case that passed. files are
// those that were read; a finding elsewhere adds its file.
//
// Cases are named by rule and message, so that a server follows one over runs
// in which lines move.
func WriteJUnit(w io.Writer, list List, files []string) error {
	report := junitReport{Name: "fedstone"}
	for _, s := range junitSuites(list, files) {
		report.Tests += s.Tests
		report.Failures += s.Failures
		report.Suites = append(report.Suites, s)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(report); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func junitSuites(list List, files []string) []junitSuite {
	byPath := map[string]List{}
	for _, name := range files {
		byPath[name] = nil
	}
	for _, f := range list {
		byPath[f.At.Path] = append(byPath[f.At.Path], f)
	}
	var suites []junitSuite
	for _, name := range slices.Sorted(maps.Keys(byPath)) {
		suites = append(suites, junitSuiteOf(Range{Path: name}.String(), byPath[name]))
	}
	return suites
}

func junitSuiteOf(name string, list List) junitSuite {
	suite := junitSuite{Name: name, Tests: max(1, len(list))}
	if len(list) == 0 {
		suite.Cases = []junitCase{{Class: name, Name: "no findings"}}
	}
	seen := map[string]int{}
	for _, f := range list {
		c := junitCaseOf(name, f)
		if seen[c.Name]++; seen[c.Name] > 1 {
			c.Name += fmt.Sprintf(" (%d)", seen[c.Name])
		}
		if c.Failure != nil {
			suite.Failures++
		}
		suite.Cases = append(suite.Cases, c)
	}
	return suite
}

func junitCaseOf(class string, f Finding) junitCase {
	message := Printable(f.Message)
	out := junitCase{Class: class, Name: Printable(f.Slug) + ": " + message}
	text := (&drawer{}).text(f)
	if f.Severity == Info {
		out.Output = &junitText{text}
	} else {
		out.Failure = &junitFailure{Type: f.Severity.String(), Message: message, Text: text}
	}
	return out
}
