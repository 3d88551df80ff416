package watch

import (
	"slices"
	"sync"

	"github.com/fedstone/fedstone/probe"
	"github.com/fedstone/fedstone/probe/symptom"
)

// failure is what failed steps are counted by.
type failure struct {
	place
	step, symptom, by string
}

func (r *Record) count(at place, steps []probe.Step) {
	for _, s := range steps {
		if s.Verdict == probe.Fail {
			r.failures[failure{at, s.Name, slugOf(s), s.Who()}]++
		}
	}
}

var slugs = sync.OnceValue(symptom.Slugs)

// slugOf is the step's symptom; "" where none stands for the cause, or one that
// the table does not have: a label's values are a closed set.
func slugOf(s probe.Step) string {
	if slices.Contains(slugs(), s.Symptom) {
		return s.Symptom
	}
	return ""
}

// blamed gives the step that a walk failed at; the zero Step for a walk that passed.
func blamed(p probe.Provider) probe.Step {
	if s := p.Decisive(); s != nil {
		return *s
	}
	return probe.Step{}
}

// cells counts fields of the isolation matrix.
type cells struct{ asked, failed, critical int }

// tally counts the fields at the paths of an identity provider.
func tally(all []probe.Cell, provider string) cells {
	var out cells
	for _, c := range all {
		if c.Provider != provider {
			continue
		}
		out.asked++
		if c.Verdict != probe.Pass {
			out.failed++
		}
		if c.Critical {
			out.critical++
		}
	}
	return out
}
