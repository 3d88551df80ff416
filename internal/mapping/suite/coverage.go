package suite

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// Coverage says which parts of the rules the tests reach.
type Coverage struct {
	Mappings []MappingCoverage
}

// MappingCoverage is that of one mapping over all tests of the run.
type MappingCoverage struct {
	Mapping string // a path, or description#provider
	Rules   []RuleCoverage
}

// RuleCoverage counts the tests in which a rule held, those in which it was tried
// and did not hold, and those that a requirement of it ended with an exception.
type RuleCoverage struct {
	Number                int
	At                    finding.Range
	Held, Stopped, Raised int
	Remote                []RequirementCoverage
	Local                 []LocalCoverage
}

// RequirementCoverage counts the tests that a requirement let pass, and those
// that it stopped. Sure is a requirement that stops nobody: it asks only for a
// type that one before it has asked for, or that every login has.
type RequirementCoverage struct {
	Asks            string
	Type            string
	Kind            engine.Kind
	At              finding.Range
	Passed, Stopped int
	Sure            bool
}

// LocalCoverage counts the tests in which an item of local was given.
type LocalCoverage struct {
	At    finding.Range
	Given int
}

// Reached counts what the tests reach and what there is: for each requirement
// that it lets pass and that it stops, and for each item of local that it is given.
func (c Coverage) Reached() (reached, of int) {
	for _, m := range c.Mappings {
		for _, r := range m.Rules {
			for _, q := range r.Remote {
				reached, of = reached+one(q.Passed), of+1
				if !q.Sure {
					reached, of = reached+one(q.Stopped), of+1
				}
			}
			for _, l := range r.Local {
				reached, of = reached+one(l.Given), of+1
			}
		}
	}
	return reached, of
}

func one(count int) int { return min(count, 1) }

// Percent is the part that is reached; 100 where there is nothing to reach.
func (c Coverage) Percent() float64 {
	reached, of := c.Reached()
	if of == 0 {
		return 100
	}
	return 100 * float64(reached) / float64(of)
}

// Gap is a part of a rule that no test reaches.
type Gap struct {
	At   finding.Range
	Text string
}

// Gaps gives what no test reaches, in the order of the rules. Of a rule that
// never holds, what it would give is not told again.
func (c Coverage) Gaps() []Gap {
	var out []Gap
	for _, m := range c.Mappings {
		for _, r := range m.Rules {
			out = append(out, r.gaps()...)
		}
	}
	return out
}

// condition reports whether a requirement looks at values; the other kinds ask
// for their type alone.
func (q RequirementCoverage) condition() bool {
	return q.Kind == engine.AnyOneOf || q.Kind == engine.NotAnyOf
}

func (r RuleCoverage) gaps() []Gap {
	switch {
	case r.Held+r.Stopped == 0 && r.Raised > 0:
		return []Gap{r.gap(r.At, "ends every test that comes to it")}
	case r.Held+r.Stopped == 0:
		return []Gap{r.gap(r.At, "no test comes to it")}
	}
	var out []Gap
	if r.Held == 0 {
		out = append(out, r.gap(r.At, "holds in no test"))
	}
	for _, q := range r.Remote {
		if text := q.lacks(); text != "" {
			out = append(out, r.gap(q.At, text))
		}
	}
	for i, l := range r.Local {
		if l.Given == 0 && r.Held > 0 {
			out = append(out, r.gap(l.At, fmt.Sprintf("what item %d of local gives is in no test", i+1)))
		}
	}
	return out
}

func (r RuleCoverage) gap(at finding.Range, text string) Gap {
	return Gap{at, fmt.Sprintf("rule %d: %s", r.Number, text)}
}

// lacks says which tests of a requirement are missing; "" when none is.
func (q RequirementCoverage) lacks() string {
	switch {
	case q.Passed+q.Stopped == 0:
		return "no test comes to " + q.Asks
	case q.Passed == 0:
		return "no test passes " + q.Asks
	case q.Stopped > 0 || q.Sure:
		return ""
	case q.condition():
		return "no test is stopped by " + q.Asks
	}
	return "no test comes without " + q.Type
}
