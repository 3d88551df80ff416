package suite

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// tally counts, over the suites of a run, what becomes of each part of the
// rules. Suites of one mapping are counted together.
type tally struct {
	order []string
	by    map[string]*MappingCoverage
}

func newTally(suites []*Suite) *tally {
	t := &tally{by: map[string]*MappingCoverage{}}
	for _, s := range suites {
		if t.by[s.mapping] == nil {
			t.order = append(t.order, s.mapping)
			t.by[s.mapping] = s.untested()
		}
	}
	return t
}

// untested is the coverage before any test. The rules are traced with an empty
// environment, which reaches nothing that counts.
func (s *Suite) untested() *MappingCoverage {
	m := &MappingCoverage{Mapping: s.mapping}
	for i, trace := range s.processor.Explain(nil).Rules {
		p := s.places[i]
		r := RuleCoverage{Number: i + 1, At: p.rule}
		for j, q := range trace.Remote {
			r.Remote = append(r.Remote, RequirementCoverage{
				Asks: asks(q), Type: q.Type, Kind: q.Kind, At: p.remote[j], Sure: s.sure(trace.Remote[:j], q),
			})
		}
		for _, at := range p.local {
			r.Local = append(r.Local, LocalCoverage{At: at})
		}
		m.Rules = append(m.Rules, r)
	}
	return m
}

// sure reports whether a requirement stops nobody: one that is no condition only
// asks for its type, and that is there.
func (s *Suite) sure(before []engine.RequirementTrace, q engine.RequirementTrace) bool {
	if q.Kind == engine.AnyOneOf || q.Kind == engine.NotAnyOf {
		return false
	}
	asked := slices.ContainsFunc(before, func(b engine.RequirementTrace) bool { return b.Type == q.Type })
	return asked || slices.Contains(s.always, q.Type)
}

// add counts what became of the rules in one test.
func (t *tally) add(s *Suite, rules []engine.RuleTrace) {
	m := t.by[s.mapping]
	for i, trace := range rules {
		if trace.Reached {
			m.Rules[i].add(trace)
		}
	}
}

func (r *RuleCoverage) add(trace engine.RuleTrace) {
	switch {
	case trace.Holds:
		r.Held++
	case raised(trace):
		r.Raised++
	default:
		r.Stopped++
	}
	for j, q := range trace.Remote {
		r.Remote[j].add(q)
	}
	for j := range trace.Local {
		r.Local[j].Given++
	}
}

func raised(rule engine.RuleTrace) bool {
	return slices.ContainsFunc(rule.Remote, func(q engine.RequirementTrace) bool { return q.Raised != "" })
}

// add counts a requirement; one that raised has neither let pass nor stopped.
func (c *RequirementCoverage) add(q engine.RequirementTrace) {
	switch {
	case !q.Reached, q.Raised != "":
	case q.Holds:
		c.Passed++
	default:
		c.Stopped++
	}
}

func (t *tally) coverage() Coverage {
	var c Coverage
	for _, name := range t.order {
		c.Mappings = append(c.Mappings, *t.by[name])
	}
	return c
}

// Summary is the coverage in one line.
func (c Coverage) Summary() string {
	reached, of := c.Reached()
	return fmt.Sprintf("coverage: %.0f%% (%d of %d)", floor(c.Percent()), reached, of)
}

// floor keeps 99.6 % from being called 100.
func floor(percent float64) float64 { return float64(int(percent)) }
