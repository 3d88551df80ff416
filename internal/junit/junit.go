package junit

import (
	"encoding/xml"
	"fmt"
	"io"
	"time"
)

// Report is a whole report. Add keeps its sums.
type Report struct {
	XMLName  xml.Name `xml:"testsuites"`
	Name     string   `xml:"name,attr"`
	Tests    int      `xml:"tests,attr"`
	Failures int      `xml:"failures,attr"`
	Time     string   `xml:"time,attr,omitempty"`
	Suites   []Suite  `xml:"testsuite"`
}

// Suite is a group of cases. Add keeps its sums. Errors are never ours: what could
// not be run is no report.
type Suite struct {
	Name       string      `xml:"name,attr"`
	Tests      int         `xml:"tests,attr"`
	Failures   int         `xml:"failures,attr"`
	Errors     int         `xml:"errors,attr"`
	Skipped    int         `xml:"skipped,attr,omitempty"`
	Time       string      `xml:"time,attr,omitempty"`
	File       string      `xml:"file,attr,omitempty"`
	Properties *Properties `xml:"properties"`
	Cases      []Case      `xml:"testcase"`
}

// Properties are what else is known of a suite.
type Properties struct {
	All []Property `xml:"property"`
}

// Property is a name with a value.
type Property struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

// Case is one test: passed, unless it has failed or was skipped.
type Case struct {
	Class   string   `xml:"classname,attr"`
	Name    string   `xml:"name,attr"`
	Time    string   `xml:"time,attr,omitempty"`
	File    string   `xml:"file,attr,omitempty"`
	Line    int      `xml:"line,attr,omitempty"`
	Skipped *Text    `xml:"skipped"`
	Failure *Failure `xml:"failure"`
	Output  *Text    `xml:"system-out"`
}

// Failure says why a case failed: in a line, and at length.
type Failure struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",cdata"`
}

// Text is the text of an element.
type Text struct {
	Text string `xml:",cdata"`
}

// Add takes a suite into the report.
func (r *Report) Add(s Suite) {
	r.Tests += s.Tests
	r.Failures += s.Failures
	r.Suites = append(r.Suites, s)
}

// Add takes a case into the suite.
func (s *Suite) Add(c Case) {
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Skipped != nil:
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}

// Write writes the report. An error is the writer's.
func (r Report) Write(w io.Writer) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(r); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// Seconds gives a time as reports have it: the schema allows three digits.
func Seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
