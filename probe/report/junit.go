package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/probe"
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
		Skipped  int         `xml:"skipped,attr"`
		Time     string      `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Class   string        `xml:"classname,attr"`
		Name    string        `xml:"name,attr"`
		Time    string        `xml:"time,attr"`
		Skipped *junitReason  `xml:"skipped"`
		Failure *junitFailure `xml:"failure"`
	}
	junitReason struct {
		Text string `xml:",chardata"`
	}
	junitFailure struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",cdata"`
	}
)

// WriteJUnit writes one test suite for each provider, and one for the isolation
// matrix, of each controller, with a test case for each step and each cell. What
// was skipped is skipped there too. Suites and cases have the same names on every
// run, so that a server follows them.
func WriteJUnit(w io.Writer, f probe.Fleet) error {
	report := junitReport{Name: "fedstone probe"}
	for _, r := range f {
		for _, p := range r.Providers {
			report.add(junitWalk(p, suiteName(r, p.ID)))
		}
		if len(r.Isolation) > 0 {
			report.add(junitMatrix(r, suiteName(r, "isolation matrix")))
		}
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

// suiteName says what is tested at a controller, or at the public address.
func suiteName(r probe.Result, what string) string {
	if r.Controller == "" {
		return finding.Printable(what)
	}
	return finding.Printable(what + " at " + r.Controller)
}

func (j *junitReport) add(s junitSuite) {
	j.Tests += s.Tests
	j.Failures += s.Failures
	j.Suites = append(j.Suites, s)
}

func junitWalk(p probe.Provider, name string) junitSuite {
	suite := junitSuite{Name: name, Time: seconds(p.Took())}
	for i := range p.Steps {
		s := &p.Steps[i]
		suite.add(s.Name, s.Verdict, s.Took, stepComplaint(s))
	}
	return suite
}

func junitMatrix(r probe.Result, name string) junitSuite {
	suite := junitSuite{Name: name, Time: seconds(0)}
	seen := map[string]int{}
	for _, c := range r.Isolation {
		title := title(c)
		if seen[title]++; seen[title] > 1 {
			title += fmt.Sprintf(" (%d)", seen[title])
		}
		suite.add(title, c.Verdict, 0, cellComplaint(c))
	}
	return suite
}

// title names a cell by what was asked, never by what came.
func title(c probe.Cell) string {
	return strings.TrimSpace(fmt.Sprintf("%s at %s %s", c.Token, c.Path, c.When))
}

func (s *junitSuite) add(name string, verdict probe.Verdict, took time.Duration, told junitFailure) {
	one := junitCase{Class: s.Name, Name: finding.Printable(name), Time: seconds(took)}
	s.Tests++
	switch verdict {
	case probe.Fail:
		s.Failures++
		one.Failure = &told
	case probe.Skip:
		s.Skipped++
		one.Skipped = &junitReason{told.Message}
	}
	s.Cases = append(s.Cases, one)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
