package engine

import (
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/python"
)

// idSet is a Python set: equal values are one, a list or dictionary is refused.
// The zero value is empty.
type idSet struct {
	known map[string]bool
	items []any
	open  any // an item that a set's order decides; nil when there is none
}

// add puts a value into the set. The error is the TypeError of an unhashable
// one.
func (s *idSet) add(v any) error {
	if open, ok := v.(chance); ok {
		s.open = open
		return nil
	}
	key, err := python.Key(v)
	if err != nil {
		return err
	}
	if s.known == nil {
		s.known = map[string]bool{}
	}
	if !s.known[key] {
		s.known[key] = true
		s.items = append(s.items, v)
	}
	return nil
}

// sorted gives the values in an order of our own, since Python's set has none.
func (s *idSet) sorted(ver python.Version) []any {
	out := append([]any{}, s.items...)
	slices.SortFunc(out, func(a, b any) int { return strings.Compare(python.Repr(a, ver), python.Repr(b, ver)) })
	return out
}
