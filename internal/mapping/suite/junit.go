package suite

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
)

// The elements of JUnit's XML as Jenkins and GitLab read it.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Time     string       `xml:"time,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name       string           `xml:"name,attr"`
		Tests      int              `xml:"tests,attr"`
		Failures   int              `xml:"failures,attr"`
		Errors     int              `xml:"errors,attr"`
		Skipped    int              `xml:"skipped,attr"`
		Time       string           `xml:"time,attr"`
		File       string           `xml:"file,attr"`
		Properties *junitProperties `xml:"properties"`
		Cases      []junitCase      `xml:"testcase"`
	}
	junitProperties struct {
		All []junitProperty `xml:"property"`
	}
	junitProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	junitCase struct {
		Class   string        `xml:"classname,attr"`
		Name    string        `xml:"name,attr"`
		Time    string        `xml:"time,attr"`
		File    string        `xml:"file,attr"`
		Line    int           `xml:"line,attr"`
		Failure *junitFailure `xml:"failure"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
)

// JUnit gives the report as JUnit's XML: a testsuite for each identity provider
// or test file. With coverage each suite has a property of it.
func (r Report) JUnit(coverage bool) ([]byte, error) {
	out := junitSuites{Name: "fedstone test", Tests: len(r.Results), Failures: r.Failed()}
	var took time.Duration
	for i := 0; i < len(r.Results); {
		n := i
		for n < len(r.Results) && r.Results[n].Suite == r.Results[i].Suite {
			took += r.Results[n].Took
			n++
		}
		suite := junitOf(r.Results[i:n])
		if coverage {
			suite.Properties = r.Coverage.property(r.Results[i].Suite)
		}
		out.Suites = append(out.Suites, suite)
		i = n
	}
	out.Time = seconds(took)
	text, err := xml.MarshalIndent(out, "", "  ")
	return append([]byte(xml.Header), append(text, '\n')...), err
}

func junitOf(results []Result) junitSuite {
	of := results[0].Suite
	out := junitSuite{Name: finding.Printable(of.Name), Tests: len(results), File: finding.Printable(of.Path)}
	var took time.Duration
	for _, r := range results {
		c := junitCase{
			Class: out.Name, Name: finding.Printable(r.Test.Name.Value), Time: seconds(r.Took),
			File: out.File, Line: r.Test.At.Start.Line,
		}
		if !r.OK() {
			out.Failures++
			c.Failure = r.junit()
		}
		took += r.Took
		out.Cases = append(out.Cases, c)
	}
	out.Time = seconds(took)
	return out
}

func (r Result) junit() *junitFailure {
	var short, long []string
	for _, d := range r.Differences {
		short = append(short, finding.Printable(d.Text))
		for _, l := range d.Lines {
			long = append(long, fmt.Sprintf("%c %s", l.Sign, finding.Printable(l.Text)))
		}
	}
	text := fmt.Sprintf("%s (-want +got)\n%s\n", r.Test.At, strings.Join(long, "\n"))
	if r.Why != "" {
		text += "why: " + finding.Printable(r.Why) + "\n"
	}
	return &junitFailure{Message: strings.Join(short, "; "), Type: "difference", Text: text}
}

func (c Coverage) property(s *Suite) *junitProperties {
	for _, m := range c.Mappings {
		if m.Mapping == s.mapping {
			one := Coverage{Mappings: []MappingCoverage{m}}
			return &junitProperties{All: []junitProperty{{"coverage", fmt.Sprintf("%.0f", floor(one.Percent()))}}}
		}
	}
	return nil
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.6f", d.Seconds()) }
