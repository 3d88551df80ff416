package probe

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fatih/color"
)

// foldFrom is how many walks, one for each provider at each controller, are too
// many for a screen.
const foldFrom = 5

func (f Fleet) walks() int {
	n := 0
	for _, r := range f {
		n += len(r.Providers)
	}
	return n
}

// folded draws one line a provider, with a column for each controller, and then
// what did not pass.
func (f Fleet) folded(b *strings.Builder, opts TextOptions) {
	b.WriteString(f.table(opts))
	for _, failure := range f.failures() {
		b.WriteString("\n")
		failure.text(b, opts)
	}
	for _, r := range f {
		if len(r.Isolation) > 0 {
			if r.Controller != "" {
				fmt.Fprintf(b, "\n== controller %s", r.Controller)
			}
			r.matrix(b, opts)
		}
	}
}

// failure is one diagnosis, and the controllers at which it is the same.
type failure struct {
	Provider Provider
	Step     *Step
	At       []string // names of controllers; "" is the public address
}

// failures gives what ended the walks that did not pass, in order, failed ones
// before unproven ones. What is the same at several controllers is told once.
func (f Fleet) failures() []failure {
	var out []failure
	for _, r := range f {
		for _, p := range r.Providers {
			s := p.first()
			if s == nil {
				continue
			}
			same := slices.IndexFunc(out, func(o failure) bool { return o.Provider.ID == p.ID && o.Step.alike(s) })
			if same < 0 {
				out = append(out, failure{Provider: p, Step: s})
				same = len(out) - 1
			}
			out[same].At = append(out[same].At, r.Controller)
		}
	}
	slices.SortStableFunc(out, func(a, b failure) int { return count(a.Step.Verdict == Skip) - count(b.Step.Verdict == Skip) })
	return out
}

func (s *Step) alike(other *Step) bool {
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
	if f.Step.Verdict == Skip {
		fmt.Fprintf(b, "%s (%s)%s %s: %s was skipped\n", f.Provider.ID, f.Provider.Issuer, f.Where(), opts.paint("not proven", color.FgYellow), f.Step.Name)
		opts.details(b, f.Step.Cause, "")
		return
	}
	b.WriteString(f.Provider.heading(f.Where(), opts))
	opts.details(b, f.Step.tagged(), f.Step.Mend)
	f.Step.evidence(b, opts)
}
