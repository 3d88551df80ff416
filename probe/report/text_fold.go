package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fatih/color"

	"github.com/fedstone/fedstone/probe"
)

// foldFrom is how many walks, one for each provider at each controller, are too
// many for a screen.
const foldFrom = 5

func walks(f probe.Fleet) int {
	n := 0
	for _, r := range f {
		n += len(r.Providers)
	}
	return n
}

// folded draws one line a provider, with a column for each controller, and then
// what did not pass.
func folded(b *strings.Builder, f probe.Fleet, opts TextOptions) {
	b.WriteString(table(f, opts))
	for _, failure := range failures(f) {
		b.WriteString("\n")
		failure.text(b, opts)
	}
	for _, r := range f {
		if len(r.Isolation) > 0 {
			if r.Controller != "" {
				fmt.Fprintf(b, "\n== controller %s", r.Controller)
			}
			drawMatrix(b, r, opts)
		}
	}
}

// failure is one diagnosis, and the controllers at which it is the same.
type failure struct {
	Provider probe.Provider
	Step     *probe.Step
	At       []string // names of controllers; "" is the public address
}

// failures gives what ended the walks that did not pass, in order, failed ones
// before unproven ones. What is the same at several controllers is told once.
func failures(f probe.Fleet) []failure {
	var out []failure
	for _, r := range f {
		for _, p := range r.Providers {
			s := p.Decisive()
			if s == nil {
				continue
			}
			same := slices.IndexFunc(out, func(o failure) bool { return o.Provider.ID == p.ID && sameEnd(o.Step, s) })
			if same < 0 {
				out = append(out, failure{Provider: p, Step: s})
				same = len(out) - 1
			}
			out[same].At = append(out[same].At, r.Controller)
		}
	}
	slices.SortStableFunc(out, func(a, b failure) int {
		return count(a.Step.Verdict == probe.Skip) - count(b.Step.Verdict == probe.Skip)
	})
	return out
}

func sameEnd(s, other *probe.Step) bool {
	return s.Name == other.Name && s.Verdict == other.Verdict && s.Status == other.Status &&
		s.AnsweredBy == other.AnsweredBy && s.Cause == other.Cause && s.Mend == other.Mend
}

// Where names the controllers of a failure; "" for the public address.
func (f failure) Where() string {
	if names := strings.Join(f.At, ", "); names != "" {
		return " at " + names
	}
	return ""
}

func (f failure) text(b *strings.Builder, opts TextOptions) {
	if f.Step.Verdict == probe.Skip {
		fmt.Fprintf(b, "%s (%s)%s %s: %s was skipped\n", f.Provider.ID, f.Provider.Issuer, f.Where(), opts.paint("not proven", color.FgYellow), f.Step.Name)
		opts.details(b, f.Step.Cause, "")
		return
	}
	b.WriteString(heading(f.Provider, f.Where(), opts))
	opts.details(b, tagged(f.Step.Cause, f.Step.Symptom), f.Step.Mend)
	drawEvidence(b, f.Step, opts)
}
