package finding

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/fedstone/fedstone/internal/junit"
)

// WriteJUnit writes one test suite for each file, by name, with a test case for
// each finding. Errors and warnings have failed; infos have passed and tell the
// finding as output; a file without findings has one case that passed. files are
// those that were read; a finding elsewhere adds its file.
//
// Cases are named by rule and message, so that a server follows one over runs
// in which lines move.
func WriteJUnit(w io.Writer, list List, files []string) error {
	report := junit.Report{Name: "fedstone"}
	for _, s := range junitSuites(list, files) {
		report.Add(s)
	}
	return report.Write(w)
}

func junitSuites(list List, files []string) []junit.Suite {
	byPath := map[string]List{}
	for _, name := range files {
		byPath[name] = nil
	}
	for _, f := range list {
		byPath[f.At.Path] = append(byPath[f.At.Path], f)
	}
	var suites []junit.Suite
	for _, name := range slices.Sorted(maps.Keys(byPath)) {
		suites = append(suites, junitSuiteOf(Range{Path: name}.String(), byPath[name]))
	}
	return suites
}

func junitSuiteOf(name string, list List) junit.Suite {
	suite := junit.Suite{Name: name}
	if len(list) == 0 {
		suite.Add(junit.Case{Class: name, Name: "no findings"})
	}
	seen := map[string]int{}
	for _, f := range list {
		c := junitCaseOf(name, f)
		if seen[c.Name]++; seen[c.Name] > 1 {
			c.Name += fmt.Sprintf(" (%d)", seen[c.Name])
		}
		suite.Add(c)
	}
	return suite
}

func junitCaseOf(class string, f Finding) junit.Case {
	message := Printable(f.Message)
	out := junit.Case{Class: class, Name: Printable(f.Slug) + ": " + message}
	text := (&drawer{}).text(f)
	if f.Severity == Info {
		out.Output = &junit.Text{Text: text}
	} else {
		out.Failure = &junit.Failure{Type: f.Severity.String(), Message: message, Text: text}
	}
	return out
}
