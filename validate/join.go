package validate

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

// maxRelated is how many findings one cause may carry along.
const maxRelated = 20

// joined makes one finding of those that have one cause: a report whose rule comes
// after another's, where both are about the same thing, becomes a related place of
// that one. The first line that a person reads is then the one to mend. It is as
// severe as the worst that follows from it, so that --fail-on misses nothing.
func joined(reports []rule.Report, after map[string][]string) finding.List {
	cause := causes(reports, after)
	out := finding.List{}
	place := make([]int, len(reports))
	for i, r := range reports {
		if cause[i] < 0 {
			place[i] = len(out)
			out = append(out, r.Finding)
		}
	}
	carried := map[int]int{}
	for i, r := range reports {
		if cause[i] < 0 {
			continue
		}
		root := i
		for cause[root] >= 0 {
			root = cause[root]
		}
		carried[place[root]]++
		f := &out[place[root]]
		f.Severity = min(f.Severity, r.Severity)
		if carried[place[root]] <= maxRelated {
			f.Related = append(f.Related, finding.Related{Message: "therefore: " + r.Message, At: r.At})
		}
	}
	for at, n := range carried {
		if n > maxRelated {
			out[at].Related = append(out[at].Related, finding.Related{Message: fmt.Sprintf("and %d more that follow from it", n-maxRelated), At: out[at].At})
		}
	}
	return out
}

// causes gives, of each report, the one that explains it; -1 for none.
func causes(reports []rule.Report, after map[string][]string) []int {
	type key struct {
		slug  string
		about any
	}
	first, explains := map[key]int{}, explaining(after)
	for i, r := range reports {
		if !explains[r.Slug] {
			continue
		}
		for _, a := range r.About {
			if k := (key{r.Slug, a}); a != nil {
				if _, ok := first[k]; !ok {
					first[k] = i
				}
			}
		}
	}
	out := make([]int, len(reports))
	for i, r := range reports {
		out[i] = -1
		for _, slug := range after[r.Slug] {
			for _, a := range r.About {
				if j, ok := first[key{slug, a}]; ok && out[i] < 0 && !leads(out[:i], j, i) {
					out[i] = j
				}
			}
		}
	}
	return out
}

// explaining gives the rules that others come after.
func explaining(after map[string][]string) map[string]bool {
	out := map[string]bool{}
	for _, slugs := range after {
		for _, s := range slugs {
			out[s] = true
		}
	}
	return out
}

// leads reports whether the way of causes from a report comes to another one: two
// rules that explain each other must not both vanish.
func leads(out []int, from, to int) bool {
	for n := 0; from >= 0 && n <= len(out); n++ {
		if from == to {
			return true
		}
		if from >= len(out) {
			return false
		}
		from = out[from]
	}
	return false
}
