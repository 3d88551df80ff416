package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/probe"
)

// matrixFault is what is wrong at one path for one reason, and which tokens show it.
type matrixFault struct {
	probe.Cell
	tokens []string
	times  []string
}

// faults gathers the cells that failed, critical ones first.
func faults(r probe.Result) []*matrixFault {
	var out []*matrixFault
	place := map[string]*matrixFault{}
	for _, c := range r.Isolation {
		if c.Verdict != probe.Fail {
			continue
		}
		key := strings.Join([]string{c.Door, answerOf(c), c.Want, c.Cause, c.Mend}, "\n")
		if place[key] == nil {
			place[key] = &matrixFault{Cell: c}
			out = append(out, place[key])
		}
		place[key].add(c)
	}
	slices.SortStableFunc(out, func(a, b *matrixFault) int { return count(b.Critical) - count(a.Critical) })
	return out
}

func (f *matrixFault) add(c probe.Cell) {
	if !slices.Contains(f.tokens, c.Token) {
		f.tokens = append(f.tokens, c.Token)
	}
	if !slices.Contains(f.times, c.When) {
		f.times = append(f.times, c.When)
	}
}

func (f *matrixFault) text(b *strings.Builder, opts TextOptions) {
	fmt.Fprintf(b, "  %s at %s: %s, expected %s\n", opts.mark(f.Verdict), f.Door, answerOf(f.Cell), f.Want)
	opts.hanging(b, "token", firstFew(f.tokens)+", "+strings.Join(f.times, " and "))
	opts.details(b, tagged(f.Cause, f.Symptom), f.Mend)
}
