package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/junit"
	"github.com/fedstone/fedstone/probe"
)

// WriteJUnit writes one test suite for each provider, and one for the isolation
// matrix, of each controller, with a test case for each step and each cell. What
// was skipped is skipped there too. Suites and cases have the same names on every
// run, so that a server follows them.
func WriteJUnit(w io.Writer, f probe.Fleet) error {
	report := junit.Report{Name: "fedstone probe"}
	for _, r := range f {
		for _, p := range r.Providers {
			report.Add(junitWalk(p, suiteName(r, p.ID)))
		}
		if len(r.Isolation) > 0 {
			report.Add(junitMatrix(r, suiteName(r, "isolation matrix")))
		}
	}
	return report.Write(w)
}

// suiteName says what is tested at a controller, or at the public address.
func suiteName(r probe.Result, what string) string {
	if r.Controller == "" {
		return finding.Printable(what)
	}
	return finding.Printable(what + " at " + r.Controller)
}

func junitWalk(p probe.Provider, name string) junit.Suite {
	suite := junit.Suite{Name: name, Time: junit.Seconds(p.Took())}
	for i := range p.Steps {
		s := &p.Steps[i]
		suite.Add(junitCase(name, s.Name, s.Verdict, s.Took, stepComplaint(s)))
	}
	return suite
}

func junitMatrix(r probe.Result, name string) junit.Suite {
	suite := junit.Suite{Name: name, Time: junit.Seconds(0)}
	seen := map[string]int{}
	for _, c := range r.Isolation {
		title := title(c)
		if seen[title]++; seen[title] > 1 {
			title += fmt.Sprintf(" (%d)", seen[title])
		}
		suite.Add(junitCase(name, title, c.Verdict, 0, cellComplaint(c)))
	}
	return suite
}

// title names a cell by what was asked, never by what came.
func title(c probe.Cell) string {
	return strings.TrimSpace(fmt.Sprintf("%s at %s %s", c.Token, c.Path, c.When))
}

func junitCase(class, name string, verdict probe.Verdict, took time.Duration, told junit.Failure) junit.Case {
	out := junit.Case{Class: class, Name: finding.Printable(name), Time: junit.Seconds(took)}
	switch verdict {
	case probe.Fail:
		out.Failure = &told
	case probe.Skip:
		out.Skipped = &junit.Text{Text: told.Message}
	}
	return out
}
