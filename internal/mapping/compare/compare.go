package compare

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// DefaultBudget is the number of logins that are tried unless another is asked
// for.
const DefaultBudget = 200_000

// Result is what the search found. Differences holds at most one of each kind,
// the most dangerous first.
type Result struct {
	Differences []Difference
	Searched    Searched
	Doubts      []string // what was not decided, and why
}

// Difference is a login, as small as was found, on which the mappings differ.
type Difference struct {
	Kind           Kind
	Environment    map[string]string
	A, B           engine.Outcome
	RulesA, RulesB []int // the rules that hold, counted from 1
}

// Searched says how far the search went.
type Searched struct {
	Logins       int    `json:"logins"`       // tried
	Combinations uint64 `json:"combinations"` // of what may come of each type; the largest uint64 when more
	All          bool   `json:"all"`          // whether every combination was tried
	Types        []Type `json:"types"`
	Undecidable  int    `json:"undecidable"` // logins that one of the mappings leaves to chance
}

// Type is one type that the mappings read, and in how many ways its values are
// treated.
type Type struct {
	Name    string `json:"name"`
	Classes int    `json:"classes"`
	Choices int    `json:"choices"` // absent, single values and pairs of them
}

// Search compares two mappings over at most budget logins. The same mappings give
// the same result.
func Search(a, b *engine.Processor, budget int) Result {
	s := &search{a: a, b: b, budget: budget, found: map[Kind]map[string]string{}, random: rand.New(rand.NewPCG(1, 2))}
	s.dims = s.dimensions()
	if combinations(s.dims) <= uint64(budget) {
		s.all()
	} else {
		s.some()
	}
	return s.result()
}

// search is the state of one comparison.
type search struct {
	a, b   *engine.Processor
	budget int
	dims   []dimension
	random *rand.Rand

	tried, undecidable int
	found              map[Kind]map[string]string // the smallest login of each kind
	doubts             []string
}

func (s *search) doubt(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(s.doubts, text) {
		s.doubts = append(s.doubts, text)
	}
}

// combinations multiplies the choices of all types, up to the largest number.
func combinations(dims []dimension) uint64 {
	total := uint64(1)
	for _, d := range dims {
		n := uint64(len(d.choices))
		if total > ^uint64(0)/n {
			return ^uint64(0)
		}
		total *= n
	}
	return total
}

// try evaluates one login with both mappings, and reports whether there is room
// for more.
func (s *search) try(picked []int) bool {
	if s.tried >= s.budget {
		return false
	}
	s.tried++
	env := s.environment(picked)
	kind, decided := s.judge(env)
	if !decided {
		s.undecidable++
	}
	if known, ok := s.found[kind]; kind != "" && (!ok || size(env) < size(known)) {
		s.found[kind] = env
	}
	return true
}

func (s *search) judge(env map[string]string) (Kind, bool) {
	a, b := s.a.Process(env), s.b.Process(env)
	kind, decided := judge(a, b)
	if !decided {
		s.undecided(a, "the first mapping")
		s.undecided(b, "the second mapping")
	}
	return kind, decided
}

func (s *search) undecided(o engine.Outcome, whose string) {
	if o.Undecidable != nil {
		s.doubt("%s leaves some logins undecidable: %s", whose, o.Undecidable.Reason)
	}
}

// environment makes the login of the picked choices, one of each type.
func (s *search) environment(picked []int) map[string]string {
	env := make(map[string]string, len(picked))
	for i, d := range s.dims {
		if c := d.choices[picked[i]]; c != nil {
			env[d.name] = strings.Join(c, ";")
		}
	}
	return env
}

// size orders logins: fewer types first, then shorter values; an empty one shows
// little, and counts as long.
func size(env map[string]string) int {
	n := 0
	for _, value := range env {
		n += 1000 + len(value)
		if value == "" {
			n += 500
		}
	}
	return n
}

func (s *search) result() Result {
	r := Result{Searched: Searched{Logins: s.tried, Combinations: combinations(s.dims), Undecidable: s.undecidable}}
	r.Searched.All = uint64(s.tried) == r.Searched.Combinations
	for _, kind := range Kinds() {
		if env, ok := s.found[kind]; ok {
			r.Differences = append(r.Differences, s.difference(kind, s.shrink(kind, env)))
		}
	}
	for _, d := range s.dims {
		r.Searched.Types = append(r.Searched.Types, Type{d.name, d.classes, len(d.choices)})
	}
	r.Doubts = s.doubts
	return r
}

func (s *search) difference(kind Kind, env map[string]string) Difference {
	return Difference{
		Kind: kind, Environment: env,
		A: s.a.Process(env), B: s.b.Process(env),
		RulesA: s.a.Holding(env), RulesB: s.b.Holding(env),
	}
}
