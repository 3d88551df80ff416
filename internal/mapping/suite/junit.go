package suite

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/junit"
)

// JUnit gives the report as JUnit's XML: a testsuite for each identity provider
// or test file. With coverage each suite has a property of it.
func (r Report) JUnit(coverage bool) ([]byte, error) {
	out := junit.Report{Name: "fedstone test"}
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
		out.Add(suite)
		i = n
	}
	out.Time = junit.Seconds(took)
	var text bytes.Buffer
	err := out.Write(&text)
	return text.Bytes(), err
}

func junitOf(results []Result) junit.Suite {
	of := results[0].Suite
	out := junit.Suite{Name: finding.Printable(of.Name), File: finding.Printable(of.Path)}
	var took time.Duration
	for _, r := range results {
		c := junit.Case{
			Class: out.Name, Name: finding.Printable(r.Test.Name.Value), Time: junit.Seconds(r.Took),
			File: out.File, Line: r.Test.At.Start.Line,
		}
		if !r.OK() {
			c.Failure = r.junit()
		}
		took += r.Took
		out.Add(c)
	}
	out.Time = junit.Seconds(took)
	return out
}

func (r Result) junit() *junit.Failure {
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
	return &junit.Failure{Message: strings.Join(short, "; "), Type: "difference", Text: text}
}

func (c Coverage) property(s *Suite) *junit.Properties {
	for _, m := range c.Mappings {
		if m.Mapping == s.mapping {
			one := Coverage{Mappings: []MappingCoverage{m}}
			return &junit.Properties{All: []junit.Property{{Name: "coverage", Value: fmt.Sprintf("%.0f", floor(one.Percent()))}}}
		}
	}
	return nil
}
