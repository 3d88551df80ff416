package engine

import (
	"slices"

	"github.com/fedstone/fedstone/internal/python"
)

// words numbers the strings that a mapping lists, so that a login's values are
// looked up once and not by every rule.
type words map[string]int32

// unlisted is the number of a value that no requirement lists.
const unlisted = -1

// number gives a string's number; a new one for a new string.
func (w words) number(text string) int32 {
	n, known := w[text]
	if !known {
		n = int32(len(w))
		w[text] = n
	}
	return n
}

// numbers gives the listed strings. Other values never equal a claim's value,
// but a list or an object cannot be put into a set.
func (w words) numbers(list *Node) ([]int32, error) {
	out := make([]int32, 0, len(list.Items()))
	for _, item := range list.Items() {
		if text, ok := item.Value.(string); ok {
			out = append(out, w.number(text))
		} else if !hashable(item) {
			return nil, &python.Exception{Class: "TypeError", Message: "unhashable type: " + typeName(item)}
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// found gives the strings that a condition's expressions find, when these are few
// and no other is; else nil.
func (w words) found(q requirement) []int32 {
	if q.kind != AnyOneOf && q.kind != NotAnyOf || !q.sure() {
		return nil
	}
	out := []int32{}
	for _, p := range q.patterns {
		texts, ok := p.search.Strings()
		if !ok {
			return nil
		}
		for _, text := range texts {
			out = append(out, w.number(text))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// lists reports whether a sorted list holds a number. Short lists are walked
// through, which is quicker than halving them.
func lists(sorted []int32, number int32) bool {
	if len(sorted) > few {
		_, found := slices.BinarySearch(sorted, number)
		return found
	}
	return slices.Contains(sorted, number)
}
