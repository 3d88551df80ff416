package compare

import (
	"slices"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// all tries every combination.
func (s *search) all() {
	picked := make([]int, len(s.dims))
	for s.try(picked) && s.next(picked) {
	}
}

// next counts one further, the last type first; false behind the last one.
func (s *search) next(picked []int) bool {
	for i := len(picked) - 1; i >= 0; i-- {
		if picked[i]++; picked[i] < len(s.dims[i].choices) {
			return true
		}
		picked[i] = 0
	}
	return false
}

// some tries what the rules point at, every pair of choices in logins that make
// a rule hold, and then what chance brings until the budget is spent.
func (s *search) some() {
	starts := s.starts()
	for _, start := range starts {
		s.around(start)
	}
	for _, start := range starts {
		s.pairs(start)
	}
	for s.try(s.anywhere(starts)) {
	}
}

// starts gives, for each rule of both mappings, a login that should make it hold,
// with nothing else and with a value for everything else.
func (s *search) starts() [][]int {
	out := [][]int{make([]int, len(s.dims))}
	for _, p := range []*engine.Processor{s.a, s.b} {
		for rule := range p.Document().Rules {
			alone := make([]int, len(s.dims))
			for i, d := range s.dims {
				alone[i] = wanted(p, rule, d)
			}
			full := slices.Clone(alone)
			for i := range full {
				full[i] = max(full[i], min(1, len(s.dims[i].choices)-1))
			}
			out = append(out, alone, full)
		}
	}
	return out
}

// wanted gives the first choice of a type that every requirement of a rule takes;
// absent when the rule does not ask for the type, or no choice will do.
func wanted(p *engine.Processor, rule int, d dimension) int {
	for i, c := range d.choices {
		if c == nil {
			continue
		}
		if asked, takes := p.Takes(rule, d.name, c); !asked {
			return 0
		} else if takes {
			return i
		}
	}
	return 0
}

// around changes one type of a login at a time.
func (s *search) around(start []int) {
	picked := slices.Clone(start)
	for i, d := range s.dims {
		for picked[i] = range d.choices {
			if !s.try(picked) {
				return
			}
		}
		picked[i] = start[i]
	}
}

// pairs changes two types of a login at a time, within half of what is left.
func (s *search) pairs(start []int) {
	until := s.tried + (s.budget-s.tried)/2
	picked := slices.Clone(start)
	for i := range s.dims {
		for j := range s.dims[:i] {
			for picked[i] = range s.dims[i].choices {
				for picked[j] = range s.dims[j].choices {
					if s.tried >= until || !s.try(picked) {
						return
					}
				}
			}
			picked[j] = start[j]
		}
		picked[i] = start[i]
	}
}

// anywhere mixes two starts and changes some types by chance.
func (s *search) anywhere(starts [][]int) []int {
	one, other := starts[s.random.IntN(len(starts))], starts[s.random.IntN(len(starts))]
	picked := slices.Clone(one)
	for i, d := range s.dims {
		switch s.random.IntN(4) {
		case 0:
			picked[i] = other[i]
		case 1:
			picked[i] = s.random.IntN(len(d.choices))
		}
	}
	return picked
}
