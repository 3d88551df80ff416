package probe

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
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
func (f Fleet) WriteJUnit(w io.Writer) error {
	report := junitReport{Name: "fedstone probe"}
	for _, r := range f {
		for _, p := range r.Providers {
			report.add(p.junit(r.suite(p.ID)))
		}
		if len(r.Isolation) > 0 {
			report.add(r.junitMatrix(r.suite("isolation matrix")))
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

// suite names what is tested at a controller, or at the public address.
func (r Result) suite(what string) string {
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

func (p Provider) junit(name string) junitSuite {
	suite := junitSuite{Name: name, Time: seconds(p.took())}
	for i := range p.Steps {
		s := &p.Steps[i]
		suite.add(s.Name, s.Verdict, s.Took, s.complaint())
	}
	return suite
}

func (r Result) junitMatrix(name string) junitSuite {
	suite := junitSuite{Name: name, Time: seconds(0)}
	seen := map[string]int{}
	for _, c := range r.Isolation {
		title := c.title()
		if seen[title]++; seen[title] > 1 {
			title += fmt.Sprintf(" (%d)", seen[title])
		}
		suite.add(title, c.Verdict, 0, c.complaint())
	}
	return suite
}

// title names a cell by what was asked, never by what came.
func (c Cell) title() string {
	return strings.TrimSpace(fmt.Sprintf("%s at %s %s", c.Token, c.Path, c.When))
}

func (s *junitSuite) add(name string, verdict Verdict, took time.Duration, told junitFailure) {
	one := junitCase{Class: s.Name, Name: finding.Printable(name), Time: seconds(took)}
	s.Tests++
	switch verdict {
	case Fail:
		s.Failures++
		one.Failure = &told
	case Skip:
		s.Skipped++
		one.Skipped = &junitReason{told.Message}
	}
	s.Cases = append(s.Cases, one)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
