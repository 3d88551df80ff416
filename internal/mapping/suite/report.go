package suite

import (
	"time"

	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/internal/spec"
)

// Report is what came of a run.
type Report struct {
	Results  []Result
	Coverage Coverage
}

// Result is one test's outcome; Differences is empty if it holds.
type Result struct {
	Suite       *Suite
	Test        spec.Test
	Differences []Difference
	Why         string // in one line; "" when the test holds, or there is nothing more to say
	Took        time.Duration
}

// OK reports whether the test holds.
func (r Result) OK() bool { return len(r.Differences) == 0 }

// Failed counts the tests that do not hold.
func (r Report) Failed() int {
	n := 0
	for _, one := range r.Results {
		if !one.OK() {
			n++
		}
	}
	return n
}

// Names gives the tests' names as reports show them.
func (p *Plan) Names() []string {
	var out []string
	for _, s := range p.Suites {
		for _, t := range s.Tests {
			out = append(out, s.label(t))
		}
	}
	return out
}

func (s *Suite) label(t spec.Test) string { return s.Name + ": " + t.Name.Value }

// Run runs the tests whose label ("corp: an admin …") is selected; a nil
// selection is all. The plan's findings must hold no error.
func (p *Plan) Run(selected func(label string) bool) Report {
	out := Report{}
	tally := newTally(p.Suites)
	for _, s := range p.Suites {
		for i, t := range s.Tests {
			if selected == nil || selected(s.label(t)) {
				start := time.Now()
				result, trace := s.run(i)
				result.Took = time.Since(start)
				tally.add(s, trace)
				out.Results = append(out.Results, result)
			}
		}
	}
	out.Coverage = tally.coverage()
	return out
}

// run runs one test.
func (s *Suite) run(i int) (Result, []engine.RuleTrace) {
	t := s.Tests[i]
	r := Result{Suite: s, Test: t}
	o := s.process(s.prepared[i])
	r.Differences = o.differences(t)
	if !r.OK() {
		r.Why = s.why(o, r.Differences)
	}
	return r, o.Rules
}
